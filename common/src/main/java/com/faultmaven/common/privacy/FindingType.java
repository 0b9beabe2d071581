package com.faultmaven.common.privacy;

import java.util.Locale;

/**
 * What a recogniser can find. Earlier constants win where two recognisers find the very same
 * characters, so the more telling type comes first.
 */
enum FindingType {
  PRIVATE_KEY(true),
  AWS_ACCESS_KEY(true),
  AWS_SECRET_KEY(true),
  GCP_KEY(true),
  AZURE_KEY(true),
  GITHUB_TOKEN(true),
  GITLAB_TOKEN(true),
  SLACK_TOKEN(true),
  STRIPE_KEY(true),
  ANTHROPIC_KEY(true),
  OPENAI_KEY(true),
  VENDOR_TOKEN(true),
  JWT(true),
  CONNECTION_PASSWORD(true),
  AUTHORIZATION(true),
  COOKIE(true),
  PASSWORD(true),
  TOKEN(true),
  SECRET(true),
  IBAN(false),
  CREDIT_CARD(false),
  US_SSN(false),
  EMAIL(false),
  PHONE(false),
  IP_ADDRESS(false);

  private final boolean secret;
  private final String label = name().toLowerCase(Locale.ROOT).replace('_', '-');

  FindingType(boolean secret) {
    this.secret = secret;
  }

  /** Whether it is a secret; otherwise it is personal data. */
  boolean isSecret() {
    return secret;
  }

  /** The name in tags and counts: {@code credit-card}. */
  String label() {
    return label;
  }
}
