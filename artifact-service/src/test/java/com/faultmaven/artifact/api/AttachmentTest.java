package com.faultmaven.artifact.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AttachmentTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "app.log|attachment; filename=\"app.log\"; filename*=UTF-8''app.log",
        "a b.log|attachment; filename=\"a b.log\"; filename*=UTF-8''a%20b.log",
        "größe.txt|attachment; filename=\"gr__e.txt\"; filename*=UTF-8''gr%C3%B6%C3%9Fe.txt",
        "a\"b;c.txt|attachment; filename=\"a_b;c.txt\"; filename*=UTF-8''a%22b%3Bc.txt"
      })
  void namesTheFileForOldAndNewClients(String name, String header) {
    assertThat(Attachment.named(name)).isEqualTo(header);
  }
}
