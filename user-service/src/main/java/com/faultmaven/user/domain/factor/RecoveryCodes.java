package com.faultmaven.user.domain.factor;

import com.faultmaven.user.domain.RandomTokens;
import com.faultmaven.user.domain.TokenHash;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Ten codes for the day that the authenticator is lost: 80 random bits each, in groups of four. */
@ApplicationScoped
public class RecoveryCodes {
  private static final int COUNT = 10;
  private static final int CHARACTERS = 16;
  private static final int GROUP = 4;

  /** Crockford's 32 characters: without i, l, o and u, which look like others. */
  private static final String ALPHABET = "abcdefghjkmnpqrstvwxyz0123456789";

  private final RandomTokens random;

  /** Wires the bean. */
  @Inject
  public RecoveryCodes(RandomTokens random) {
    this.random = random;
  }

  /** New codes, as they are shown once. */
  List<String> next() {
    List<String> codes = new ArrayList<>();
    for (int i = 0; i < COUNT; i++) {
      codes.add(code());
    }
    return codes;
  }

  private String code() {
    byte[] bytes = random.bytes(CHARACTERS);
    StringBuilder code = new StringBuilder();
    for (int i = 0; i < CHARACTERS; i++) {
      if (i > 0 && i % GROUP == 0) {
        code.append('-');
      }
      code.append(ALPHABET.charAt(bytes[i] & 31));
    }
    return code.toString();
  }

  /** The hash of a code as somebody types it: case, spaces and dashes do not matter. */
  static TokenHash hash(String typed) {
    return TokenHash.of(typed.toLowerCase(Locale.ROOT).replaceAll("[\\s-]", ""));
  }
}
