package com.faultmaven.user.domain.sso;

import java.net.URI;
import java.util.List;
import java.util.regex.Pattern;

/**
 * An issuer that people may sign in at.
 *
 * @param name its name in paths and on accounts
 * @param displayName its name for people
 * @param issuer its issuer identifier
 * @param clientId who we are there
 * @param clientSecret what proves it
 * @param scopes what we ask for
 * @param trustEmail whether an address without {@code email_verified} counts as verified
 * @param plainAllowed whether it may be on this machine without TLS, for tests and trials
 */
public record SsoProvider(
    String name,
    String displayName,
    String issuer,
    String clientId,
    String clientSecret,
    List<String> scopes,
    boolean trustEmail,
    boolean plainAllowed) {
  private static final Pattern LOOPBACK =
      Pattern.compile("localhost|127(?:\\.[0-9]{1,3}){3}|\\[::1]");

  public SsoProvider {
    scopes = List.copyOf(scopes);
  }

  /** Whether an address is one that this provider may be called at: https with a host. */
  public boolean mayUse(URI address) {
    String host = address.getHost();
    if (host == null || address.getUserInfo() != null || address.getFragment() != null) {
      return false;
    }
    return "https".equals(address.getScheme())
        || (plainAllowed && "http".equals(address.getScheme()) && LOOPBACK.matcher(host).matches());
  }

  /** Names the provider alone. */
  @Override
  public String toString() {
    return "SsoProvider[" + name + "]";
  }
}
