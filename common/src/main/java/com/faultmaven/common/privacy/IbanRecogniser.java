package com.faultmaven.common.privacy;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** International bank account numbers: the length of their country, and the remainder by 97. */
final class IbanRecogniser implements Recogniser {
  private static final Map<String, Integer> LENGTHS = lengths();

  @Override
  public void find(String text, Consumer<Finding> found) {
    int i = 0;
    while (i + 14 < text.length()) {
      if (Characters.isLetter(text.charAt(i))
          && !Characters.isWord(Characters.at(text, i - 1))
          && Characters.isLetter(text.charAt(i + 1))
          && Characters.isDigit(text.charAt(i + 2))
          && Characters.isDigit(text.charAt(i + 3))) {
        int end = ibanEnd(text, i);
        if (end > 0) {
          found.accept(new Finding(i, end, FindingType.IBAN));
          i = end;
          continue;
        }
      }
      i++;
    }
  }

  /** Where the IBAN that begins there ends; -1 when there is none. */
  private static int ibanEnd(String text, int from) {
    String country = text.substring(from, from + 2).toUpperCase(Locale.ROOT);
    @Nullable Integer length = LENGTHS.get(country);
    if (length == null) {
      return -1;
    }
    StringBuilder iban = new StringBuilder(length);
    int i = from;
    while (i < text.length() && iban.length() < length) {
      char c = text.charAt(i);
      boolean groupEnds = iban.length() % 4 == 0 && (c == ' ' || c == '-');
      if (Characters.isAlphanumeric(c)) {
        iban.append(Character.toUpperCase(c));
      } else if (!groupEnds || !Characters.isAlphanumeric(Characters.at(text, i + 1))) {
        return -1;
      }
      i++;
    }
    boolean complete = iban.length() == length && !Characters.isWord(Characters.at(text, i));
    return complete && remainder(iban) == 1 ? i : -1;
  }

  private static int remainder(CharSequence iban) {
    int remainder = 0;
    for (int i = 0; i < iban.length(); i++) {
      int value = Character.digit(iban.charAt((i + 4) % iban.length()), 36);
      remainder = (remainder * (value > 9 ? 100 : 10) + value) % 97;
    }
    return remainder;
  }

  private static Map<String, Integer> lengths() {
    String table =
        """
        AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DK18 DO28
        EE20 EG29 ES24 FI18 FO18 FR27 GB22 GE22 GI23 GL18 GR27 GT28 HR21 HU28 IE22 IL23 IQ23 IS26
        IT27 JO30 KW30 KZ20 LB28 LC32 LI21 LT20 LU20 LV21 LY25 MC27 MD24 ME22 MK19 MR27 MT31 MU30
        NL18 NO15 PK24 PL28 PS29 PT25 QA29 RO24 RS22 SA24 SC31 SD18 SE24 SI19 SK24 SM27 ST25 SV28
        TL23 TN24 TR26 UA29 VA22 VG24 XK20
        """;
    Map<String, Integer> lengths = new TreeMap<>();
    for (String entry : table.trim().split("\\s+", -1)) {
      lengths.put(entry.substring(0, 2), Integer.valueOf(entry.substring(2)));
    }
    return lengths;
  }
}
