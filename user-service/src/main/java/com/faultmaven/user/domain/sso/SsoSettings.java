package com.faultmaven.user.domain.sso;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Who else vouches for people, and the bounds of asking them; keys begin {@code faultmaven.sso}.
 */
@ConfigMapping(prefix = "faultmaven.sso")
public interface SsoSettings {
  /** The issuers by name: google, okta, azure or any other. */
  Map<String, Provider> providers();

  /**
   * Public base URL of the gateway, to which providers send people back; needed with a provider.
   */
  Optional<String> callbackBase();

  /** How long somebody may take to sign in at the provider. */
  @WithDefault("PT10M")
  Duration stateLifetime();

  /** How long to wait for a connection to a provider. */
  @WithDefault("PT2S")
  Duration connectTimeout();

  /** How long to wait for a provider's whole answer. */
  @WithDefault("PT5S")
  Duration timeout();

  /** Most bytes of a provider's answer. */
  @WithDefault("262144")
  int answerLimit();

  /** Connections to each provider. */
  @WithDefault("16")
  int connections();

  /** Calls of each provider that may wait for a connection; one more is answered with 503. */
  @WithDefault("64")
  int waiting();

  /** What {@code Retry-After} says when a provider does not answer. */
  @WithDefault("PT5S")
  Duration retryAfter();

  /** How long a provider's endpoints and keys are remembered. */
  @WithDefault("PT1H")
  Duration cacheLifetime();

  /** Least time between two looks for a key that is not among the remembered ones. */
  @WithDefault("PT10S")
  Duration keyRefetchInterval();

  /** Signatures checked at once. */
  @WithDefault("1")
  int workers();

  /** Signatures that may wait to be checked; one more is answered with 503. */
  @WithDefault("256")
  int queue();

  /** Starts and callbacks from one address (IPv6: one /64 network) in a minute, at least 1. */
  @WithDefault("120")
  int perAddressPerMinute();

  /** Addresses that are remembered for it; then the one not used for longest is lost. */
  @WithDefault("50000")
  int tracked();

  /** Log-ins that this replica starts in a minute, at least 1: bounds what is stored of them. */
  @WithDefault("6000")
  int startsPerMinute();

  /** One issuer. */
  interface Provider {
    /** Its issuer identifier, an https URL; google has one unless another is set. */
    Optional<String> issuer();

    /** Who we are there. */
    String clientId();

    /** What proves it. */
    String clientSecret();

    /** Its name for people; the key's name, capitalised, unless set. */
    Optional<String> displayName();

    /** What we ask for; {@code openid} must be among it. */
    @WithDefault("openid,email,profile")
    List<String> scopes();

    /**
     * Whether an address without the claim {@code email_verified} counts as verified: only for an
     * issuer whose administrator alone can set addresses.
     */
    @WithDefault("false")
    boolean trustEmail();
  }
}
