package com.faultmaven.common.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.faultmaven.common.id.Ids;
import com.faultmaven.common.security.Roles;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import org.jose4j.jwk.EcJwkGenerator;
import org.jose4j.jwk.EllipticCurveJsonWebKey;
import org.jose4j.jwk.JsonWebKey.OutputControlLevel;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.jose4j.keys.EllipticCurves;
import org.jose4j.lang.JoseException;
import org.jspecify.annotations.Nullable;

/**
 * Access tokens as user-service makes them, from an issuer with a real key whose public half is
 * served over HTTP.
 */
public final class TestTokens {
  // System properties, not fields: Quarkus loads test classes with several class loaders.
  private static final String KEY = "faultmaven.test.key";
  private static final String ISSUER_URL = "faultmaven.test.issuer";
  private static final float MINUTES = 15;

  private TestTokens() {}

  /** Starts the issuer once for this JVM; its address, under which the keys are. */
  static String issuerUrl() throws IOException {
    synchronized (System.getProperties()) {
      String url = System.getProperty(ISSUER_URL);
      return url == null ? start() : url;
    }
  }

  private static String start() throws IOException {
    EllipticCurveJsonWebKey key = newKey();
    System.setProperty(KEY, key.toJson(OutputControlLevel.INCLUDE_PRIVATE));
    byte[] keys =
        ("{\"keys\":[" + key.toJson(OutputControlLevel.PUBLIC_ONLY) + "]}").getBytes(UTF_8);
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 16);
    server.createContext(
        "/.well-known/jwks.json",
        exchange -> {
          exchange.getResponseHeaders().set("Content-Type", "application/json");
          exchange.sendResponseHeaders(200, keys.length);
          exchange.getResponseBody().write(keys);
          exchange.close();
        });
    server.start();
    String url = "http://127.0.0.1:" + server.getAddress().getPort();
    System.setProperty(ISSUER_URL, url);
    return url;
  }

  /** A valid token of a user in these roles; in the role {@code user} when none is given. */
  public static String bearer(String userId, String... roles) {
    return sign(claims(userId, null, roles), key());
  }

  /** A valid token of a user that belongs to a session. */
  public static String withSession(String userId, String sessionId, String... roles) {
    return sign(claims(userId, sessionId, roles), key());
  }

  /** A token that was valid until an hour ago. */
  public static String expired(String userId) {
    JwtClaims claims = claims(userId, null);
    claims.setExpirationTime(NumericDate.fromSeconds(NumericDate.now().getValue() - 3_600));
    return sign(claims, key());
  }

  /** A valid token for somebody else's service. */
  public static String wrongAudience(String userId) {
    JwtClaims claims = claims(userId, null);
    claims.setAudience("somebody-else");
    return sign(claims, key());
  }

  /** A valid token from somebody else. */
  public static String wrongIssuer(String userId) {
    JwtClaims claims = claims(userId, null);
    claims.setIssuer("somebody-else");
    return sign(claims, key());
  }

  /** A token signed by a key that nobody published. */
  public static String forged(String userId) {
    return sign(claims(userId, null), newKey());
  }

  private static JwtClaims claims(String userId, @Nullable String sessionId, String... roles) {
    JwtClaims claims = new JwtClaims();
    claims.setIssuer("faultmaven");
    claims.setAudience("faultmaven");
    claims.setSubject(userId);
    claims.setClaim("upn", "name-of-" + userId);
    claims.setStringListClaim("groups", roles.length == 0 ? List.of(Roles.USER) : List.of(roles));
    claims.setJwtId(Ids.next());
    claims.setIssuedAtToNow();
    claims.setExpirationTimeMinutesInTheFuture(MINUTES);
    if (sessionId != null) {
      claims.setClaim("sid", sessionId);
    }
    return claims;
  }

  private static String sign(JwtClaims claims, EllipticCurveJsonWebKey key) {
    JsonWebSignature signature = new JsonWebSignature();
    signature.setPayload(claims.toJson());
    signature.setKey(key.getPrivateKey());
    signature.setKeyIdHeaderValue(key.getKeyId());
    signature.setHeader("typ", "JWT");
    signature.setAlgorithmHeaderValue(AlgorithmIdentifiers.ECDSA_USING_P256_CURVE_AND_SHA256);
    try {
      return signature.getCompactSerialization();
    } catch (JoseException e) {
      throw new IllegalStateException("the token cannot be signed", e);
    }
  }

  private static EllipticCurveJsonWebKey newKey() {
    try {
      EllipticCurveJsonWebKey key = EcJwkGenerator.generateJwk(EllipticCurves.P256);
      key.setKeyId(Ids.next());
      key.setAlgorithm(AlgorithmIdentifiers.ECDSA_USING_P256_CURVE_AND_SHA256);
      key.setUse("sig");
      return key;
    } catch (JoseException e) {
      throw new IllegalStateException("no key can be made", e);
    }
  }

  private static EllipticCurveJsonWebKey key() {
    String json = System.getProperty(KEY);
    if (json == null) {
      throw new IllegalStateException(
          "the test class lacks @WithTestResource(ServersResource.class)");
    }
    try {
      return (EllipticCurveJsonWebKey) PublicJsonWebKey.Factory.newPublicJwk(json);
    } catch (JoseException e) {
      throw new IllegalStateException("the key cannot be read", e);
    }
  }
}
