package com.faultmaven.user.domain;

/**
 * A row that holds something encrypted.
 *
 * @param id which row of its kind
 * @param context what the secret belongs to, without which it cannot be decrypted
 * @param sealed cipher text, Base64
 * @param keyId which key encrypted it
 */
public record SealedRow(String id, String context, String sealed, String keyId) {
  /** Names the context alone. */
  @Override
  public String toString() {
    return "SealedRow[" + context + "]";
  }
}
