package com.faultmaven.user.domain.passkey;

import com.webauthn4j.data.attestation.authenticator.AKPCOSEKey;
import com.webauthn4j.data.attestation.authenticator.AbstractCOSEKey;
import com.webauthn4j.data.attestation.authenticator.COSEKey;
import com.webauthn4j.data.attestation.authenticator.Curve;
import com.webauthn4j.data.attestation.authenticator.EC2COSEKey;
import com.webauthn4j.data.attestation.authenticator.EdDSACOSEKey;
import com.webauthn4j.data.attestation.authenticator.RSACOSEKey;
import com.webauthn4j.data.attestation.statement.COSEAlgorithmIdentifier;
import com.webauthn4j.data.attestation.statement.COSEKeyOperation;
import com.webauthn4j.data.attestation.statement.COSEKeyType;
import com.webauthn4j.data.client.ClientDataType;
import com.webauthn4j.data.client.CollectedClientData;
import com.webauthn4j.data.client.Origin;
import com.webauthn4j.data.client.TokenBinding;
import com.webauthn4j.data.client.TokenBindingStatus;
import com.webauthn4j.data.client.challenge.Challenge;
import com.webauthn4j.data.client.challenge.DefaultChallenge;
import com.webauthn4j.data.extension.CredentialProtectionPolicy;
import com.webauthn4j.data.extension.HMACGetSecretOutput;
import com.webauthn4j.data.extension.UvmEntries;
import com.webauthn4j.data.extension.UvmEntry;
import com.webauthn4j.data.extension.authenticator.AuthenticationExtensionsAuthenticatorOutputs;
import com.webauthn4j.data.extension.authenticator.CredentialProtectionExtensionAuthenticatorOutput;
import com.webauthn4j.data.extension.authenticator.HMACSecretAuthenticationExtensionAuthenticatorOutput;
import com.webauthn4j.data.extension.authenticator.HMACSecretRegistrationExtensionAuthenticatorOutput;
import com.webauthn4j.data.extension.authenticator.UserVerificationMethodExtensionAuthenticatorOutput;
import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * Tells GraalVM which classes Jackson 3 looks into by reflection when webauthn4j reads what this
 * service gives it: the client data (JSON); public keys and extensions (CBOR) in authenticator
 * data. All others have readers in webauthn4j's own Jackson modules, which are made by {@code new}.
 * The object around the authenticator data is read as a tree, and attestation statements not at
 * all, so those of webauthn4j's classes are not here. {@code WebAuthnReflectionTest} fails when
 * Jackson looks into a class that is missing.
 *
 * <p>The mix-in and the guards are what webauthn4j's modules take the place of with each other:
 * Jackson reads their annotations. That webauthn4j's classes are initialised when the executable
 * starts is said in {@code META-INF/native-image}: two of them hold a random generator.
 */
@RegisterForReflection(
    targets = {
      AKPCOSEKey.class,
      AbstractCOSEKey.class,
      AuthenticationExtensionsAuthenticatorOutputs.class,
      COSEAlgorithmIdentifier.class,
      COSEKey.class,
      COSEKeyOperation.class,
      COSEKeyType.class,
      Challenge.class,
      ClientDataType.class,
      CollectedClientData.class,
      CredentialProtectionExtensionAuthenticatorOutput.class,
      CredentialProtectionPolicy.class,
      Curve.class,
      DefaultChallenge.class,
      EC2COSEKey.class,
      EdDSACOSEKey.class,
      HMACGetSecretOutput.class,
      HMACSecretAuthenticationExtensionAuthenticatorOutput.class,
      HMACSecretRegistrationExtensionAuthenticatorOutput.class,
      Origin.class,
      RSACOSEKey.class,
      TokenBinding.class,
      TokenBindingStatus.class,
      UserVerificationMethodExtensionAuthenticatorOutput.class,
      UvmEntries.class,
      UvmEntry.class
    },
    classNames = {
      "com.webauthn4j.converter.jackson.ModuleNotRegisteredGuardClearingMixin",
      "com.webauthn4j.converter.jackson.ModuleNotRegisteredGuardDeserializer",
      "com.webauthn4j.converter.jackson.ModuleNotRegisteredGuardSerializer"
    })
final class WebAuthnReflection {
  private WebAuthnReflection() {}
}
