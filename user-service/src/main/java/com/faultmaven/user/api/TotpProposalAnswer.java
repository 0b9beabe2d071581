package com.faultmaven.user.api;

import com.faultmaven.user.domain.factor.SecondFactors;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * What an authenticator application needs to know; shown once.
 *
 * @param secret Base32, to be typed
 * @param otpauthUri the same as an address, to be shown as a QR code
 */
@Schema(name = "TotpProposal")
public record TotpProposalAnswer(
    @Schema(examples = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP") String secret, String otpauthUri) {
  static TotpProposalAnswer of(SecondFactors.Proposal proposal) {
    return new TotpProposalAnswer(proposal.secret(), proposal.uri());
  }

  /** Shows nothing. */
  @Override
  public String toString() {
    return "TotpProposalAnswer[]";
  }
}
