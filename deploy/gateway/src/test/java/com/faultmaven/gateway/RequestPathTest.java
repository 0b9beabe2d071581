package com.faultmaven.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestPathTest {

  @ParameterizedTest
  @CsvSource({
    "/api/v1/cases, /api/v1/cases",
    "/api/v1/cases/, /api/v1/cases/",
    "/, /",
    "/api/v1/c%61ses?q=%2e%2e/x, /api/v1/cases?q=%2e%2e/x",
    "/api/v1/tags/caf%c3%a9, /api/v1/tags/caf%C3%A9",
    "/api/v1/kb/global/documents/redis%2fmemory.md, /api/v1/kb/global/documents/redis%2Fmemory.md",
    "/api/v1/files/a...b, /api/v1/files/a...b",
    "/api/v1/files/%252e%252e, /api/v1/files/%252e%252e"
  })
  void passesOnWhatItChecked(String target, String passedOn) {
    assertThat(RequestPath.parse(target)).map(RequestPath::target).contains(passedOn);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/v1/users/../cases",
        "/api/v1/users/%2e%2e/cases",
        "/api/v1/users/%2E./cases",
        "/api/v1/users/./cases",
        "/api/v1/users/x%2f..%2f..%2finternal",
        "/api/v1/users/..%2Finternal",
        "/api/v1/users/x%5c..%5cinternal",
        "/api/v1/users\\..\\internal",
        "/api/v1//cases",
        "//api/v1/cases",
        "/api/v1/cases;v=1/x",
        "/api/v1/cases%3bv=1/x",
        "/api/v1/cases/%00",
        "/api/v1/cases/a%0d%0aSet-Cookie:x",
        "/api/v1/cases/%zz",
        "/api/v1/cases/%4",
        "/api/v1/cases/%",
        "/api/v1/cases/<b>",
        "/api/v1/cases#x",
        "/api/v1/cases?a=b#x",
        "/api/v1/cas\u00e9s",
        "http://elsewhere/api/v1/cases",
        "*",
        ""
      })
  void refusesWhatTwoProgramsCouldReadDifferently(String target) {
    assertThat(RequestPath.parse(target)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"/a?token=secret, /a", "/a\u001bb, /a?b", "/caf\u00e9, /caf?"})
  void showsRefusedTargetsWithoutQueryAndControlCharacters(String target, String shown) {
    assertThat(RequestPath.printable(target)).isEqualTo(shown);
  }
}
