package com.faultmaven.user.api;

import com.faultmaven.user.domain.factor.SecondFactors;
import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.server.Cancellable;

/** The caller's second factor (API, user-service). */
@Cancellable(false)
@Path("/api/v1/auth/second-factor")
@Produces(MediaType.APPLICATION_JSON)
@Authenticated
@Tag(name = "Auth", description = "Registration, log-in, tokens")
public class SecondFactorResource {
  private final SecondFactors factors;
  private final Callers callers;

  /** Wires the bean. */
  @Inject
  public SecondFactorResource(SecondFactors factors, Callers callers) {
    this.factors = factors;
    this.callers = callers;
  }

  /** What the caller has. */
  @GET
  @Operation(summary = "Own second factor")
  @APIResponse(responseCode = "200", description = "Whether log-ins need a code")
  @APIResponse(responseCode = "401", description = "No valid access token")
  public Uni<SecondFactorAnswer> getSecondFactor() {
    return factors.state(callers.actor().userId()).map(SecondFactorAnswer::of);
  }

  /** Makes a secret. */
  @POST
  @Path("/totp")
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      summary = "Make a secret for an authenticator application",
      description = "It counts when it is confirmed with a code. Once more makes another one.")
  @APIResponse(responseCode = "200", description = "The secret, shown once")
  @APIResponse(responseCode = "400", description = "The password is missing or a field is wrong")
  @APIResponse(responseCode = "401", description = "No valid access token")
  @APIResponse(responseCode = "403", description = "wrong-password")
  @APIResponse(responseCode = "409", description = "second-factor-enrolled")
  @APIResponse(responseCode = "429", description = "Too many wrong ones; see Retry-After")
  public Uni<TotpProposalAnswer> proposeTotp(
      @NotNull(message = "is missing") @Valid PasswordRequest request) {
    return factors.propose(callers.actor(), request.password()).map(TotpProposalAnswer::of);
  }

  /** Confirms the secret. */
  @POST
  @Path("/totp/confirm")
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      summary = "Confirm the secret with its first code",
      description = "From now on log-ins with the password need a code.")
  @APIResponse(responseCode = "200", description = "Ten recovery codes, shown once")
  @APIResponse(responseCode = "400", description = "A field is wrong")
  @APIResponse(responseCode = "401", description = "No valid access token")
  @APIResponse(responseCode = "403", description = "wrong-code")
  @APIResponse(responseCode = "409", description = "second-factor-not-proposed")
  @APIResponse(responseCode = "429", description = "Too many wrong ones; see Retry-After")
  public Uni<RecoveryCodesAnswer> confirmTotp(
      @NotNull(message = "is missing") @Valid CodeRequest request) {
    return factors.confirm(callers.actor(), request.code()).map(RecoveryCodesAnswer::new);
  }

  /** Removes the second factor. */
  @POST
  @Path("/totp/remove")
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(summary = "Remove the second factor", description = "Needs the password and a code.")
  @APIResponse(responseCode = "204", description = "Removed; log-ins need the password alone")
  @APIResponse(responseCode = "400", description = "A field is missing or wrong")
  @APIResponse(responseCode = "401", description = "No valid access token")
  @APIResponse(responseCode = "403", description = "wrong-password, wrong-code")
  @APIResponse(responseCode = "409", description = "no-second-factor")
  @APIResponse(responseCode = "429", description = "Too many wrong ones; see Retry-After")
  public Uni<Void> removeTotp(@NotNull(message = "is missing") @Valid ProofRequest request) {
    return factors.remove(callers.actor(), request.password(), request.toProof());
  }

  /** Replaces the recovery codes. */
  @POST
  @Path("/recovery-codes")
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      summary = "Replace the recovery codes",
      description = "Needs the password and a code. The ones before are good no more.")
  @APIResponse(responseCode = "200", description = "Ten recovery codes, shown once")
  @APIResponse(responseCode = "400", description = "A field is missing or wrong")
  @APIResponse(responseCode = "401", description = "No valid access token")
  @APIResponse(responseCode = "403", description = "wrong-password, wrong-code")
  @APIResponse(responseCode = "409", description = "no-second-factor")
  @APIResponse(responseCode = "429", description = "Too many wrong ones; see Retry-After")
  public Uni<RecoveryCodesAnswer> renewRecoveryCodes(
      @NotNull(message = "is missing") @Valid ProofRequest request) {
    return factors
        .renewCodes(callers.actor(), request.password(), request.toProof())
        .map(RecoveryCodesAnswer::new);
  }
}
