package com.faultmaven.bench;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class HttpAnswerTest {
  @Test
  void isThereWhenItsLastByteIs() throws IOException {
    byte[] bytes =
        "HTTP/1.1 200 OK\r\nX: 1\r\nCONTENT-length:  10 \r\nY: 2\r\n\r\n{\"a\":\"é\"}"
            .getBytes(UTF_8);
    bytes = java.util.Arrays.copyOf(bytes, bytes.length + 5);
    int whole = bytes.length - 5;

    assertThat(HttpAnswer.read(bytes, 0)).isNull();
    assertThat(HttpAnswer.read(bytes, 30)).isNull();
    assertThat(HttpAnswer.read(bytes, whole - 2)).isNull();
    assertThat(HttpAnswer.read(bytes, whole)).isEqualTo(new HttpAnswer(200, "{\"a\":\"é\"}"));
  }

  @Test
  void mayHaveNoBody() throws IOException {
    byte[] bytes = "HTTP/1.1 204 No Content\r\n\r\n".getBytes(UTF_8);

    assertThat(HttpAnswer.read(bytes, bytes.length)).isEqualTo(new HttpAnswer(204, ""));
  }

  @Test
  void mustSayHowLongItIs() {
    byte[] bytes = "HTTP/1.1 200 OK\r\nX: chunked\r\n\r\n".getBytes(UTF_8);

    assertThatThrownBy(() -> HttpAnswer.read(bytes, bytes.length)).isInstanceOf(IOException.class);
  }

  @Test
  void mayComeInChunks() throws IOException {
    byte[] bytes =
        "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\nX: 1\r\n\r\n3\r\n{\"a\r\nA\r\n\":\"\r\n1\r\n2\"\r\n1\r\n}\r\n0\r\n\r\n"
            .getBytes(UTF_8);

    for (int length = 0; length < bytes.length; length++) {
      assertThat(HttpAnswer.read(bytes, length)).isNull();
    }
    assertThat(HttpAnswer.read(bytes, bytes.length))
        .isEqualTo(new HttpAnswer(200, "{\"a\":\"\r\n1\r\n2\"}"));
  }

  @Test
  void refusesWhatIsNoChunk() {
    byte[] bytes = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n-1\r\n".getBytes(UTF_8);

    assertThatThrownBy(() -> HttpAnswer.read(bytes, bytes.length)).isInstanceOf(IOException.class);
  }

  @Test
  void givesATextOfItsBody() throws IOException {
    HttpAnswer answer = new HttpAnswer(200, "{\"a\":\"1\",\"refresh_token\":\"x.y\"}");

    assertThat(answer.field("refresh_token")).isEqualTo("x.y");
    assertThatThrownBy(() -> answer.field("token")).isInstanceOf(IOException.class);
  }
}
