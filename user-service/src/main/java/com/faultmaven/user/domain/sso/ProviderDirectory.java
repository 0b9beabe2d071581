package com.faultmaven.user.domain.sso;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.security.Key;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What providers publish, remembered for a while: their endpoints and their keys. A key that is not
 * among the remembered ones is looked for again, so that a rotation is noticed at once.
 */
@ApplicationScoped
public class ProviderDirectory {
  private final Map<String, Publication> publications = new HashMap<>();

  /** Wires the bean; nothing is fetched yet. */
  @Inject
  public ProviderDirectory(
      SsoProviders providers, OpenIdClient client, SsoSettings settings, Clock clock) {
    Duration lifetime = settings.cacheLifetime();
    Duration interval = settings.keyRefetchInterval();
    for (SsoProvider provider : providers.all()) {
      SharedCopy<ProviderMetadata> metadata =
          new SharedCopy<>(() -> client.discover(provider), lifetime, interval, clock);
      SharedCopy<ProviderKeys> keys =
          new SharedCopy<>(
              () -> metadata.get().flatMap(known -> client.keys(provider, known)),
              lifetime,
              interval,
              clock);
      publications.put(provider.name(), new Publication(metadata, keys));
    }
  }

  private record Publication(
      SharedCopy<ProviderMetadata> metadata, SharedCopy<ProviderKeys> keys) {}

  /** A provider's endpoints; fails with {@link ProviderUnavailableException}. */
  public Uni<ProviderMetadata> metadata(SsoProvider provider) {
    return publication(provider).metadata().get();
  }

  /**
   * The key that a token says it is signed with; fails with {@link ProviderUnavailableException}.
   *
   * @param keyId null when the token does not say: then it is the provider's only one
   * @return empty when the provider has no such key
   */
  public Uni<Optional<Key>> key(SsoProvider provider, @Nullable String keyId, String algorithm) {
    SharedCopy<ProviderKeys> keys = publication(provider).keys();
    return keys.get()
        .flatMap(
            known -> {
              Optional<Key> key = known.find(keyId, algorithm);
              return key.isPresent()
                  ? Uni.createFrom().item(key)
                  : keys.renew(known).map(renewed -> renewed.find(keyId, algorithm));
            });
  }

  private Publication publication(SsoProvider provider) {
    Publication publication = publications.get(provider.name());
    if (publication == null) {
      throw new IllegalArgumentException("not a configured provider: " + provider.name());
    }
    return publication;
  }
}
