package com.faultmaven.user.storage;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.faultmaven.user.domain.sso.CodeExchange;
import com.faultmaven.user.domain.sso.OpenIdClient;
import com.faultmaven.user.domain.sso.ProviderKeys;
import com.faultmaven.user.domain.sso.ProviderMetadata;
import com.faultmaven.user.domain.sso.ProviderUnavailableException;
import com.faultmaven.user.domain.sso.SsoProvider;
import com.faultmaven.user.domain.sso.SsoRefusal;
import com.faultmaven.user.domain.sso.SsoRefusedException;
import com.faultmaven.user.domain.sso.SsoSettings;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.URI;
import java.net.URLEncoder;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jose4j.lang.JoseException;
import org.jspecify.annotations.Nullable;

/** Calls OpenID providers over HTTP: no redirects, and bounds of time, size and connections. */
@ApplicationScoped
public class HttpOpenIdClient implements OpenIdClient {
  private static final String DISCOVERY = "/.well-known/openid-configuration";
  private static final String BASIC = "client_secret_basic";
  private static final String POST = "client_secret_post";
  private static final int MAX_ID_TOKEN = 65_536;
  private static final int MAX_HEADER = 16_384;
  private static final int TOO_MANY_REQUESTS = 429;

  private final BoundedHttp http;

  /** Makes the client; it connects when it is asked. */
  @Inject
  public HttpOpenIdClient(Vertx vertx, SsoSettings settings) {
    int connectMillis = Math.toIntExact(settings.connectTimeout().toMillis());
    http =
        new BoundedHttp(
            vertx.createHttpClient(
                new HttpClientOptions()
                    .setConnectTimeout(connectMillis)
                    .setSslHandshakeTimeout(connectMillis)
                    .setMaxPoolSize(settings.connections())
                    .setMaxWaitQueueSize(settings.waiting())
                    .setMaxHeaderSize(MAX_HEADER)),
            settings.timeout(),
            settings.answerLimit());
  }

  @PreDestroy
  void close() {
    http.close();
  }

  @Override
  public Uni<ProviderMetadata> discover(SsoProvider provider) {
    String url = provider.issuer().replaceAll("/$", "") + DISCOVERY;
    return get(provider, URI.create(url)).map(document -> metadata(provider, document));
  }

  @Override
  public Uni<ProviderKeys> keys(SsoProvider provider, ProviderMetadata metadata) {
    return get(provider, metadata.keys())
        .map(
            document -> {
              try {
                return ProviderKeys.parse(document.encode());
              } catch (JoseException e) {
                throw wrong(provider, "its key set is none", e);
              }
            });
  }

  @Override
  public Uni<String> exchange(
      SsoProvider provider, ProviderMetadata metadata, CodeExchange exchange) {
    Map<String, String> form = new LinkedHashMap<>();
    form.put("grant_type", "authorization_code");
    form.put("code", exchange.code());
    form.put("redirect_uri", exchange.redirectUri());
    form.put("code_verifier", exchange.verifier());
    RequestOptions request =
        request(HttpMethod.POST, metadata.tokenEndpoint())
            .putHeader("Content-Type", "application/x-www-form-urlencoded");
    if (metadata.secretInBody()) {
      form.put("client_id", provider.clientId());
      form.put("client_secret", provider.clientSecret());
    } else {
      request.putHeader("Authorization", basic(provider));
    }
    return call(provider, request, Buffer.buffer(encoded(form)))
        .map(answer -> idToken(provider, answer));
  }

  private Uni<JsonObject> get(SsoProvider provider, URI url) {
    return call(provider, request(HttpMethod.GET, url), null)
        .map(
            answer -> {
              if (answer.status() != 200) {
                throw wrong(provider, "it answers " + answer.status(), null);
              }
              return json(provider, answer);
            });
  }

  private static RequestOptions request(HttpMethod method, URI url) {
    return new RequestOptions()
        .setMethod(method)
        .setAbsoluteURI(url.toString())
        .putHeader("Accept", "application/json");
  }

  private Uni<BoundedHttp.Answer> call(
      SsoProvider provider, RequestOptions request, @Nullable Buffer body) {
    return http.call(request, body)
        .onFailure()
        .transform(failure -> wrong(provider, failure.getClass().getSimpleName(), failure));
  }

  private static ProviderMetadata metadata(SsoProvider provider, JsonObject document) {
    if (!provider.issuer().equals(document.getValue("issuer"))) {
      throw wrong(provider, "its discovery document is of another issuer", null);
    }
    return new ProviderMetadata(
        endpoint(provider, document, "authorization_endpoint"),
        endpoint(provider, document, "token_endpoint"),
        endpoint(provider, document, "jwks_uri"),
        secretInBody(provider, document));
  }

  private static URI endpoint(SsoProvider provider, JsonObject document, String name) {
    if (document.getValue(name) instanceof String text) {
      try {
        URI endpoint = URI.create(text);
        if (provider.mayUse(endpoint)) {
          return endpoint;
        }
      } catch (IllegalArgumentException e) {
        throw wrong(provider, "its " + name + " is no URL", e);
      }
    }
    throw wrong(provider, "its " + name + " is missing or not https", null);
  }

  private static boolean secretInBody(SsoProvider provider, JsonObject document) {
    if (!(document.getValue("token_endpoint_auth_methods_supported") instanceof JsonArray ways)
        || ways.contains(BASIC)) {
      return false;
    }
    if (!ways.contains(POST)) {
      throw wrong(provider, "it takes neither " + BASIC + " nor " + POST, null);
    }
    return true;
  }

  private static String idToken(SsoProvider provider, BoundedHttp.Answer answer) {
    int status = answer.status();
    if (status >= 500 || status == TOO_MANY_REQUESTS) {
      throw wrong(provider, "its token endpoint answers " + status, null);
    }
    JsonObject body = json(provider, answer);
    if (status != 200) {
      Object error = body.getValue("error");
      throw new SsoRefusedException(SsoRefusal.ofError(error instanceof String text ? text : null));
    }
    if (body.getValue("id_token") instanceof String token && token.length() <= MAX_ID_TOKEN) {
      return token;
    }
    throw new SsoRefusedException(SsoRefusal.ID_TOKEN_MISSING);
  }

  private static JsonObject json(SsoProvider provider, BoundedHttp.Answer answer) {
    try {
      return new JsonObject(answer.body());
    } catch (DecodeException | ClassCastException e) {
      // Without the cause: its message may repeat a token.
      throw wrong(provider, "it answers what is no JSON object", null);
    }
  }

  /** Both parts are form-encoded first (RFC 6749, 2.3.1). */
  private static String basic(SsoProvider provider) {
    String pair =
        URLEncoder.encode(provider.clientId(), UTF_8)
            + ":"
            + URLEncoder.encode(provider.clientSecret(), UTF_8);
    return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(UTF_8));
  }

  private static String encoded(Map<String, String> form) {
    return form.entrySet().stream()
        .map(entry -> entry.getKey() + "=" + URLEncoder.encode(entry.getValue(), UTF_8))
        .collect(Collectors.joining("&"));
  }

  private static ProviderUnavailableException wrong(
      SsoProvider provider, String what, @Nullable Throwable cause) {
    return new ProviderUnavailableException(provider.name() + ": " + what, cause);
  }
}
