package com.faultmaven.user.domain.mail;

/**
 * A mail in plain text.
 *
 * @param mailId id, the same at each attempt to deliver it
 * @param recipient address
 * @param subject one line
 * @param text the body; may hold a token, so it is never logged
 */
public record Mail(String mailId, String recipient, String subject, String text) {
  /** Names the mail alone. */
  @Override
  public String toString() {
    return "Mail[" + mailId + "]";
  }
}
