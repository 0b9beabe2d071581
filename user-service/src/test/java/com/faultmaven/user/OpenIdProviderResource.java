package com.faultmaven.user;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Providers to sign in at, some of which misbehave; see {@link OpenIdProvider}. */
public final class OpenIdProviderResource implements QuarkusTestResourceLifecycleManager {
  /** Takes the secret in the header, signs with RSA. */
  public static final String ACME = "acme";

  /** As {@link #ACME}; its keys rotate during the tests. */
  public static final String ROTATING = "rotating";

  /** Its addresses count as verified without its saying so. */
  public static final String TRUSTED = "trusted";

  /** Nothing listens there. */
  public static final String DOWN = "down";

  /** Our secret there is wrong. */
  public static final String STRANGE = "strange";

  private @Nullable OpenIdProvider provider;

  @Override
  public Map<String, String> start() {
    try {
      OpenIdProvider started = new OpenIdProvider();
      provider = started;
      return settings(started);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void stop() {
    if (provider != null) {
      provider.stop();
    }
  }

  private static Map<String, String> settings(OpenIdProvider provider) throws IOException {
    Map<String, String> settings = new HashMap<>();
    for (String name :
        new String[] {
          ACME,
          ROTATING,
          TRUSTED,
          DOWN,
          STRANGE,
          OpenIdProvider.POST_ISSUER,
          OpenIdProvider.SINGLE_KEY_ISSUER,
          OpenIdProvider.LYING_ISSUER,
          OpenIdProvider.SILENT_ISSUER,
          OpenIdProvider.HUGE_ISSUER
        }) {
      String key = "faultmaven.sso.providers." + name;
      settings.put(key + ".issuer", provider.issuer(name));
      settings.put(key + ".client-id", OpenIdProvider.CLIENT_ID);
      settings.put(key + ".client-secret", OpenIdProvider.CLIENT_SECRET);
    }
    settings.put("faultmaven.sso.providers.acme.display-name", "ACME Corp.");
    settings.put("faultmaven.sso.providers.trusted.trust-email", "true");
    settings.put("faultmaven.sso.providers.strange.client-secret", "guessed");
    settings.put("faultmaven.sso.providers.down.issuer", "http://127.0.0.1:" + freePort());
    settings.put("faultmaven.sso.callback-base", "http://gateway.example.org:8080/");
    settings.put("faultmaven.sso.timeout", "PT3S");
    settings.put("faultmaven.sso.key-refetch-interval", "PT0.001S");
    settings.put("faultmaven.sso.per-address-per-minute", "100000");
    return settings;
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
