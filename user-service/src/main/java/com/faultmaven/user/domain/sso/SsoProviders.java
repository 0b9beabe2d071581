package com.faultmaven.user.domain.sso;

import com.faultmaven.common.web.Problem;
import io.quarkus.runtime.Startup;
import io.quarkus.runtime.configuration.ConfigUtils;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** The configured providers. The service does not start with one that cannot work. */
@Startup
@ApplicationScoped
public class SsoProviders {
  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,39}");
  private static final Map<String, String> ISSUERS =
      Map.of("google", "https://accounts.google.com");
  private static final Map<String, String> DISPLAY_NAMES =
      Map.of("google", "Google", "okta", "Okta", "azure", "Microsoft");

  private final Map<String, SsoProvider> providers = new TreeMap<>();
  private final String callbackBase;

  /** Reads the settings. */
  @Inject
  public SsoProviders(SsoSettings settings) {
    this(settings, ConfigUtils.isProfileActive("local") || ConfigUtils.isProfileActive("test"));
  }

  /**
   * Reads the settings.
   *
   * @param plainAllowed whether a provider may be on this machine without TLS
   * @throws IllegalStateException when they are incomplete or wrong; the message names the key
   */
  SsoProviders(SsoSettings settings, boolean plainAllowed) {
    settings
        .providers()
        .forEach((name, provider) -> providers.put(name, read(name, provider, plainAllowed)));
    callbackBase = settings.callbackBase().orElse("").replaceAll("/+$", "");
    if (!providers.isEmpty()) {
      checkCallbackBase(callbackBase);
    }
  }

  /** All, by name. */
  public List<SsoProvider> all() {
    return List.copyOf(providers.values());
  }

  /**
   * The provider of a name.
   *
   * @throws Problem 404 when there is none
   */
  public SsoProvider require(String name) {
    SsoProvider provider = providers.get(name);
    if (provider == null) {
      throw Problem.notFound("provider");
    }
    return provider;
  }

  /** Where a provider sends people back to; it must be registered there. */
  public String redirectUri(SsoProvider provider) {
    return callbackBase + "/api/v1/auth/sso/" + provider.name() + "/callback";
  }

  /** Whether people come back over TLS, so that cookies can be kept off plain connections. */
  public boolean comeBackOverTls() {
    return callbackBase.startsWith("https:");
  }

  private static SsoProvider read(
      String name, SsoSettings.Provider settings, boolean plainAllowed) {
    String key = "faultmaven.sso.providers." + name;
    if (!NAME.matcher(name).matches()) {
      throw new IllegalStateException(
          key + ": a name has at most 40 lower-case letters, digits and dashes");
    }
    String issuer = settings.issuer().orElse(ISSUERS.getOrDefault(name, ""));
    SsoProvider provider =
        new SsoProvider(
            name,
            settings.displayName().orElseGet(() -> displayName(name)),
            issuer,
            settings.clientId(),
            settings.clientSecret(),
            settings.scopes(),
            settings.trustEmail(),
            plainAllowed);
    if (!provider.mayUse(uri(issuer, key + ".issuer")) || issuer.contains("?")) {
      throw new IllegalStateException(key + ".issuer must be an https URL without a query");
    }
    if (!settings.scopes().contains("openid")) {
      throw new IllegalStateException(key + ".scopes must have openid among them");
    }
    return provider;
  }

  private static String displayName(String name) {
    return DISPLAY_NAMES.getOrDefault(
        name, name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1));
  }

  private static void checkCallbackBase(String base) {
    URI uri = uri(base, "faultmaven.sso.callback-base");
    boolean web = "https".equals(uri.getScheme()) || "http".equals(uri.getScheme());
    if (!web || uri.getHost() == null || uri.getQuery() != null || uri.getFragment() != null) {
      throw new IllegalStateException(
          "faultmaven.sso.callback-base must be the public URL of the gateway");
    }
  }

  private static URI uri(String text, String key) {
    try {
      return new URI(text);
    } catch (URISyntaxException e) {
      throw new IllegalStateException(key + " is not a URL", e);
    }
  }
}
