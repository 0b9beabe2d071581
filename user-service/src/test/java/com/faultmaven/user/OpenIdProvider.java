package com.faultmaven.user;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import org.jose4j.json.JsonUtil;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwk.EcJwkGenerator;
import org.jose4j.jwk.JsonWebKey.OutputControlLevel;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jwk.RsaJwkGenerator;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.keys.EllipticCurves;
import org.jose4j.keys.HmacKey;
import org.jose4j.lang.JoseException;
import org.jspecify.annotations.Nullable;

/**
 * An OpenID provider on loopback: discovery, keys, authorization and token endpoints, real RSA and
 * EC keys. It checks the client's secret, PKCE and the redirect URI, and a code is good once. Each
 * first part of the path is an issuer of its own.
 *
 * <p>Whom it signs in, and what it does wrong, is what the test adds to the authorization request
 * as {@code as}: a JSON object in Base64url with {@code claims} (null removes one), {@code alg},
 * {@code key} ({@code unknown} or {@code none}), {@code token} (what the token endpoint does).
 */
public final class OpenIdProvider {
  /** Who we are at every issuer. */
  public static final String CLIENT_ID = "faultmaven & friends";

  /** What proves it, with characters that must be encoded. */
  public static final String CLIENT_SECRET = "s3cr3t:+/%&of-the-client-0123456789";

  /** Issuer that takes the secret in the body alone and signs with ES256. */
  public static final String POST_ISSUER = "curved";

  /** Issuer whose discovery document names another one. */
  public static final String LYING_ISSUER = "liar";

  /** Issuer that never answers. */
  public static final String SILENT_ISSUER = "silent";

  /** Issuer whose discovery document is endless. */
  public static final String HUGE_ISSUER = "huge";

  /** Issuer with one key, for RSA. */
  public static final String SINGLE_KEY_ISSUER = "single";

  private static final int RSA_BITS = 2048;

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Map<String, Code> codes = new ConcurrentHashMap<>();
  private final Map<String, List<PublicJsonWebKey>> keys = new ConcurrentHashMap<>();

  /** Starts it. */
  public OpenIdProvider() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 64);
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  private record Code(
      String redirectUri, String challenge, @Nullable String nonce, Map<String, Object> as) {
    String behaviour(String name, String otherwise) {
      return as.get(name) instanceof String text ? text : otherwise;
    }
  }

  /** Identifier of an issuer here. */
  public String issuer(String name) {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/" + name;
  }

  /** Stops it. */
  public void stop() {
    server.stop(0);
    threads.shutdownNow();
  }

  private void handle(HttpExchange exchange) throws IOException {
    String[] path = exchange.getRequestURI().getPath().split("/", 3);
    String issuer = path[1];
    if (SILENT_ISSUER.equals(issuer)) {
      return;
    }
    try {
      switch (path[2]) {
        case ".well-known/openid-configuration" -> discovery(exchange, issuer);
        case "keys" -> answer(exchange, 200, keySet(issuer));
        case "authorize" -> authorize(exchange);
        case "token" -> token(exchange, issuer);
        case "rotate" -> {
          keys.put(issuer, newKeys());
          answer(exchange, 200, Map.of());
        }
        default -> answer(exchange, 404, Map.of());
      }
    } catch (JoseException | NoSuchAlgorithmException e) {
      answer(exchange, 500, Map.of("error", e.toString()));
    }
  }

  private void discovery(HttpExchange exchange, String name) throws IOException {
    Map<String, Object> document = new HashMap<>();
    document.put("issuer", issuer(LYING_ISSUER.equals(name) ? "somebody-else" : name));
    document.put("authorization_endpoint", issuer(name) + "/authorize?tenant=1");
    document.put("token_endpoint", issuer(name) + "/token");
    document.put("jwks_uri", issuer(name) + "/keys");
    document.put("response_types_supported", List.of("code"));
    if (POST_ISSUER.equals(name)) {
      document.put("token_endpoint_auth_methods_supported", List.of("client_secret_post"));
    }
    if (HUGE_ISSUER.equals(name)) {
      document.put("padding", "x".repeat(2_000_000));
    }
    answer(exchange, 200, document);
  }

  private Map<String, Object> keySet(String issuer) {
    List<Map<String, Object>> set = new ArrayList<>();
    set.add(Map.of("kty", "of the future", "kid", "future"));
    keysOf(issuer).forEach(key -> set.add(key.toParams(OutputControlLevel.PUBLIC_ONLY)));
    return Map.of("keys", set);
  }

  private void authorize(HttpExchange exchange) throws IOException, JoseException {
    Map<String, String> query = parameters(exchange.getRequestURI().getRawQuery());
    String redirectUri = String.valueOf(query.get("redirect_uri"));
    boolean right =
        "code".equals(query.get("response_type"))
            && CLIENT_ID.equals(query.get("client_id"))
            && redirectUri.endsWith("/callback")
            && List.of(String.valueOf(query.get("scope")).split(" ")).contains("openid")
            && "S256".equals(query.get("code_challenge_method"))
            && "1".equals(query.get("tenant"));
    if (!right) {
      answer(exchange, 400, Map.of("error", "invalid_request"));
      return;
    }
    Map<String, Object> as =
        JsonUtil.parseJson(
            new String(Base64.getUrlDecoder().decode(String.valueOf(query.get("as"))), UTF_8));
    String code = "code-" + UUID.randomUUID();
    codes.put(
        code,
        new Code(redirectUri, String.valueOf(query.get("code_challenge")), query.get("nonce"), as));
    exchange
        .getResponseHeaders()
        .set("Location", redirectUri + "?code=" + code + "&state=" + query.get("state"));
    exchange.sendResponseHeaders(302, -1);
    exchange.close();
  }

  private void token(HttpExchange exchange, String issuer)
      throws IOException, JoseException, NoSuchAlgorithmException {
    Map<String, String> form =
        parameters(new String(exchange.getRequestBody().readAllBytes(), UTF_8));
    Code code = codes.remove(String.valueOf(form.get("code")));
    String wanted = code == null ? "" : code.behaviour("token", "");
    if (!isClient(exchange, issuer, form)) {
      answer(exchange, 401, Map.of("error", "invalid_client"));
    } else if (code == null
        || !"authorization_code".equals(form.get("grant_type"))
        || !code.redirectUri().equals(form.get("redirect_uri"))
        || !code.challenge().equals(challenge(String.valueOf(form.get("code_verifier"))))) {
      answer(exchange, 400, Map.of("error", "invalid_grant"));
    } else if ("silent".equals(wanted)) {
      exchange.getResponseHeaders().set("X-Never", "sent");
    } else if ("dripping".equals(wanted)) {
      exchange.sendResponseHeaders(200, 1_000);
      exchange.getResponseBody().write('{');
      exchange.getResponseBody().flush();
    } else if ("failing".equals(wanted)) {
      answer(exchange, 500, Map.of("error", "<script>oops</script>"));
    } else if ("refusing".equals(wanted)) {
      answer(exchange, 400, Map.of("error", "<script>oops</script>"));
    } else if ("huge".equals(wanted)) {
      answer(exchange, 200, Map.of("id_token", "x".repeat(2_000_000)));
    } else if ("empty".equals(wanted)) {
      answer(exchange, 200, Map.of("access_token", "x"));
    } else {
      answer(
          exchange,
          200,
          Map.of(
              "access_token",
              "access-token-of-the-provider",
              "token_type",
              "Bearer",
              "id_token",
              idToken(issuer, code)));
    }
  }

  private static boolean isClient(HttpExchange exchange, String issuer, Map<String, String> form) {
    String authorization = exchange.getRequestHeaders().getFirst("Authorization");
    if (POST_ISSUER.equals(issuer)) {
      return authorization == null
          && CLIENT_ID.equals(form.get("client_id"))
          && CLIENT_SECRET.equals(form.get("client_secret"));
    }
    if (authorization == null || !authorization.startsWith("Basic ")) {
      return false;
    }
    String[] pair =
        new String(Base64.getDecoder().decode(authorization.substring(6)), UTF_8).split(":", -1);
    return pair.length == 2
        && CLIENT_ID.equals(URLDecoder.decode(pair[0], UTF_8))
        && CLIENT_SECRET.equals(URLDecoder.decode(pair[1], UTF_8))
        && !form.containsKey("client_secret");
  }

  private String idToken(String issuer, Code code) throws JoseException {
    long now = System.currentTimeMillis() / 1000;
    Map<String, Object> claims = new HashMap<>();
    claims.put("iss", issuer(issuer));
    claims.put("aud", CLIENT_ID);
    claims.put("iat", now);
    claims.put("exp", now + 300);
    claims.put("nonce", code.nonce());
    if (code.as().get("claims") instanceof Map<?, ?> wanted) {
      wanted.forEach((name, value) -> put(claims, String.valueOf(name), value, now));
    }
    return sign(issuer, JsonUtil.toJson(claims), code);
  }

  private static void put(
      Map<String, Object> claims, String name, @Nullable Object value, long now) {
    if (value == null) {
      claims.remove(name);
    } else if (value instanceof String text && text.matches("now[+-][0-9]+")) {
      claims.put(name, now + Long.parseLong(text.substring(3)));
    } else {
      claims.put(name, value);
    }
  }

  private String sign(String issuer, String claims, Code code) throws JoseException {
    String algorithm = code.behaviour("alg", POST_ISSUER.equals(issuer) ? "ES256" : "RS256");
    String trick = code.behaviour("key", "");
    PublicJsonWebKey published = keysOf(issuer).get(algorithm.startsWith("ES") ? 1 : 0);
    boolean another = "unknown".equals(trick) || "forged".equals(trick);
    PublicJsonWebKey key = another ? newKeys().getFirst() : published;
    JsonWebSignature signature = new JsonWebSignature();
    signature.setPayload(claims);
    signature.setAlgorithmHeaderValue(algorithm.replaceAll("-.*", ""));
    signature.setDoKeyValidation(false);
    signature.setAlgorithmConstraints(AlgorithmConstraints.NO_CONSTRAINTS);
    if (!"none".equals(trick)) {
      signature.setKeyIdHeaderValue(
          "unknown".equals(trick) ? "nobody-knows-it" : published.getKeyId());
    }
    switch (algorithm) {
      case "none" -> {}
      case "HS256-secret" -> signature.setKey(new HmacKey(CLIENT_SECRET.getBytes(UTF_8)));
      case "HS256-key" -> signature.setKey(new HmacKey(published.getPublicKey().getEncoded()));
      default -> signature.setKey(key.getPrivateKey());
    }
    return signature.getCompactSerialization();
  }

  private List<PublicJsonWebKey> keysOf(String issuer) {
    return keys.computeIfAbsent(
        issuer, name -> SINGLE_KEY_ISSUER.equals(name) ? newKeys().subList(0, 1) : newKeys());
  }

  private static List<PublicJsonWebKey> newKeys() {
    try {
      List<PublicJsonWebKey> keys = new CopyOnWriteArrayList<>();
      keys.add(RsaJwkGenerator.generateJwk(RSA_BITS));
      keys.add(EcJwkGenerator.generateJwk(EllipticCurves.P256));
      keys.forEach(key -> key.setKeyId(UUID.randomUUID().toString()));
      return keys;
    } catch (JoseException e) {
      throw new IllegalStateException("no key can be made", e);
    }
  }

  private static String challenge(String verifier) throws NoSuchAlgorithmException {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(US_ASCII)));
  }

  private static Map<String, String> parameters(@Nullable String query) {
    return Arrays.stream(String.valueOf(query).split("&"))
        .map(pair -> pair.split("=", 2))
        .filter(pair -> pair.length == 2)
        .collect(
            Collectors.toMap(
                pair -> URLDecoder.decode(pair[0], UTF_8),
                pair -> URLDecoder.decode(pair[1], UTF_8)));
  }

  private static void answer(HttpExchange exchange, int status, Map<String, Object> body)
      throws IOException {
    byte[] bytes = JsonUtil.toJson(body).getBytes(UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }
}
