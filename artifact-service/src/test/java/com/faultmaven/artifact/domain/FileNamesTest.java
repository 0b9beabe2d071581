package com.faultmaven.artifact.domain;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.faultmaven.common.repository.StorageKeys;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FileNamesTest {
  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "../../etc/passwd,passwd",
        "C:\\temp\\a.log,a.log",
        "/,file",
        "..,file",
        "...,file",
        "`  `,file",
        "`a\u0000b\u001b[31m.log`,ab[31m.log",
        "`invoice\u202Efdp.exe`,invoicefdp.exe",
        "` a.log `,a.log",
        ".env,.env",
        "grüße.txt,grüße.txt"
      })
  void keepsTheNameAlone(String given, String kept) {
    assertThat(FileNames.clean(given)).isEqualTo(kept);
  }

  @ParameterizedTest
  @CsvSource({"grüße 1.txt,gr__e_1.txt", "a.log,a.log", ".env,.env", "a;b$(c).sh,a_b__c_.sh"})
  void makesPartsOfKeys(String name, String part) {
    assertThat(FileNames.forKey(name)).isEqualTo(part);
  }

  @Property
  void isNeverAPathAndNeverTooLong(@ForAll String given) {
    String clean = FileNames.clean(given);

    assertThat(clean).isNotBlank().doesNotContain("/", "\\", "\u0000", "\n");
    assertThat(clean.getBytes(UTF_8).length).isLessThanOrEqualTo(255);
    assertThat(FileNames.clean(clean)).isEqualTo(clean);
    assertThat(StorageKeys.check("artifacts/c/f/" + FileNames.forKey(clean))).isNotEmpty();
  }

  @ParameterizedTest
  @CsvSource({"x,300,.log", "ü,300,.log", "\uD83D\uDE00,100,.yaml", "x,400,''"})
  void keepsTheExtensionOfLongNames(String letter, int times, String extension) {
    String clean = FileNames.clean(letter.repeat(times) + extension);

    assertThat(clean).endsWith(extension);
    assertThat(clean.getBytes(UTF_8).length).isBetween(240, 255);
    assertThat(FileNames.forKey(clean)).endsWith(extension).hasSizeLessThanOrEqualTo(120);
  }
}
