package com.faultmaven.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClientTest {
  private static final String PROXIES = "FAULTMAVEN_GATEWAY_TRUSTED_PROXIES";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "192.0.2.1 | 192.0.2.1",
        "6.6.6.6, 192.0.2.1 | 192.0.2.1",
        "6.6.6.6, 192.0.2.1, 10.1.2.3 | 192.0.2.1",
        "10.9.9.9, 10.1.2.3 | 10.9.9.9",
        "192.0.2.1:4711 | 192.0.2.1",
        "[2001:db8::1]:4711, fd00::7 | 2001:db8:0:0:0:0:0:1",
        "::ffff:192.0.2.1 | 192.0.2.1",
        "6.6.6.6, unknown, 10.1.2.3 | 10.1.2.3",
        "example.org | 127.0.0.1"
      })
  void takesTheRightMostUntrustedAddressFromATrustedProxy(String sent, String client)
      throws Exception {
    String seen =
        seenByTheService(
            "127.0.0.1, 10.0.0.0/8 , fd00::/8", "X-Forwarded-For: " + sent, "X-Other: 1");

    assertThat(seen).isEqualTo(client + " http");
  }

  @Test
  void readsSeveralHeaderLinesAsOneList() throws Exception {
    assertThat(
            seenByTheService("127.0.0.1", "X-Forwarded-For: 6.6.6.6", "X-Forwarded-For: 192.0.2.1"))
        .isEqualTo("192.0.2.1 http");
  }

  @ParameterizedTest
  @CsvSource({"https, https", "HTTPS, https", "http, http", "gopher, http", "'', http"})
  void takesTheSchemeFromATrustedProxy(String sent, String scheme) throws Exception {
    assertThat(
            seenByTheService(
                "127.0.0.0/30", "X-Forwarded-For: 192.0.2.1", "X-Forwarded-Proto: " + sent))
        .isEqualTo("192.0.2.1 " + scheme);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "10.0.0.0/8", "127.0.0.2", "127.0.0.128/25", "::1"})
  void believesNobodyElse(String trusted) throws Exception {
    assertThat(seenByTheService(trusted, "X-Forwarded-For: 192.0.2.1", "X-Forwarded-Proto: https"))
        .isEqualTo("127.0.0.1 http");
  }

  @ParameterizedTest
  @ValueSource(strings = {"proxy.example", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/x", "10.0.0"})
  void refusesProxiesThatAreNoAddresses(String trusted) {
    assertThatThrownBy(() -> GatewaySettings.of(Map.of(PROXIES, trusted)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(PROXIES);
  }

  @ParameterizedTest
  @CsvSource({
    "192.0.2.1, 192.0.2.1",
    "2001:db8:1:2:3:4:5:6, 2001:db8:1:2::/64",
    "2001:db8:1:2:ffff:4:5:6, 2001:db8:1:2::/64"
  })
  void countsAnIpv6NetworkAsOneClient(String address, String network) {
    assertThat(new Client(address, "http").network()).isEqualTo(network);
  }

  /** Address and scheme that the service is told. */
  private static String seenByTheService(String trusted, String... headers) throws Exception {
    CompletableFuture<String> seen = new CompletableFuture<>();
    try (TestSystem system = new TestSystem(Map.of(PROXIES, trusted));
        RawConnection connection = new RawConnection(system.port())) {
      system.behaves(
          Upstream.CASE,
          request -> {
            seen.complete(
                String.join("+", request.headers().getAll("X-Forwarded-For"))
                    + " "
                    + String.join("+", request.headers().getAll("X-Forwarded-Proto")));
            request.response().end();
          });
      connection.request("GET /api/v1/cases HTTP/1.1", "Host: x", headers[0], headers[1]);
      assertThat(connection.answer()).startsWith("HTTP/1.1 200");
      return seen.get(10, TimeUnit.SECONDS);
    }
  }
}
