package com.faultmaven.common.privacy;

import com.faultmaven.common.model.WireName;

/** How much is redacted; each level includes the one before it (preprocessing, "Redact"). */
public enum RedactionLevel implements WireName {
  /** Nothing at all; for development only, services refuse it in the production profile. */
  OFF,

  /** Secrets: keys, tokens, passwords, private keys. */
  SECRETS,

  /** Also e-mail addresses, phone numbers, payment cards, IBANs and US social security numbers. */
  STANDARD,

  /**
   * Also IP addresses (loopback and unspecified addresses stay) and phone numbers in national
   * formats without a word beside them that says so. Costs diagnostic detail.
   */
  STRICT
}
