package com.faultmaven.user.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.faultmaven.user.domain.passkey.Passkey;
import com.faultmaven.user.domain.passkey.RegistrationOptions;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * {@code PublicKeyCredentialCreationOptionsJSON} of WebAuthn level 3, for the browser's {@code
 * PublicKeyCredential.parseCreationOptionsFromJSON}; the names are the browser's.
 *
 * @param rp whom the passkey is made for
 * @param user the account, as the authenticator will know it
 * @param challenge Base64url
 * @param parameters algorithms that are accepted, the best first
 * @param timeout milliseconds
 * @param exclude passkeys whose authenticators make no second one
 * @param selection what authenticator is wanted
 * @param attestation none: what it says about its make is not asked for
 */
@Schema(name = "PasskeyCreationOptions")
public record PasskeyCreationOptions(
    RelyingParty rp,
    UserEntity user,
    String challenge,
    @JsonProperty("pubKeyCredParams") List<Parameter> parameters,
    long timeout,
    @JsonProperty("excludeCredentials") List<Descriptor> exclude,
    @JsonProperty("authenticatorSelection") Selection selection,
    String attestation) {
  private static final int ES256 = -7;
  private static final int RS256 = -257;
  private static final String TYPE = "public-key";

  static PasskeyCreationOptions of(RegistrationOptions options) {
    return new PasskeyCreationOptions(
        new RelyingParty(options.rpId(), options.rpName()),
        new UserEntity(options.userHandle(), options.username(), options.displayName()),
        options.challenge(),
        List.of(new Parameter(TYPE, ES256), new Parameter(TYPE, RS256)),
        options.timeoutMillis(),
        options.existing().stream().map(Descriptor::of).toList(),
        new Selection("required", true, "required"),
        "none");
  }

  /**
   * Whom a passkey belongs to.
   *
   * @param id domain
   * @param name what people read
   */
  @Schema(name = "PasskeyRelyingParty")
  public record RelyingParty(String id, String name) {}

  /**
   * Account.
   *
   * @param id random bytes in Base64url, the same for all passkeys of the account
   * @param name user name
   * @param displayName what people read
   */
  @Schema(name = "PasskeyUser")
  public record UserEntity(
      String id, String name, @JsonProperty("displayName") String displayName) {}

  /**
   * Algorithm.
   *
   * @param type always {@code public-key}
   * @param alg COSE number
   */
  @Schema(name = "PasskeyParameter")
  public record Parameter(String type, int alg) {}

  /**
   * A passkey that exists.
   *
   * @param id credential id, Base64url
   * @param type always {@code public-key}
   * @param transports how browsers may reach its authenticator
   */
  @Schema(name = "PasskeyDescriptor")
  public record Descriptor(String id, String type, List<String> transports) {
    static Descriptor of(Passkey passkey) {
      return new Descriptor(passkey.credentialId(), TYPE, passkey.transports());
    }
  }

  /**
   * What authenticator is wanted.
   *
   * @param residentKey required: it must know the account by itself
   * @param requireResidentKey the same for older browsers
   * @param userVerification required: it must check its owner
   */
  @Schema(name = "PasskeySelection")
  public record Selection(
      @JsonProperty("residentKey") String residentKey,
      @JsonProperty("requireResidentKey") boolean requireResidentKey,
      @JsonProperty("userVerification") String userVerification) {}
}
