package com.faultmaven.user.domain.passkey;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A passkey as its owner sees it.
 *
 * @param passkeyId id
 * @param name what its owner calls it
 * @param createdAt when it was added
 * @param lastUsedAt last sign-in with it; null before the first
 * @param backedUp whether it had been copied to other devices when it was last used
 * @param transports how browsers may reach the authenticator: usb, nfc, ble, internal, hybrid …
 */
@JsonNaming(SnakeCaseStrategy.class)
@RegisterForReflection
@Schema(name = "Passkey")
public record PasskeySummary(
    String passkeyId,
    @Schema(examples = "Laptop") String name,
    Instant createdAt,
    @Nullable Instant lastUsedAt,
    boolean backedUp,
    List<String> transports) {
  public PasskeySummary {
    transports = List.copyOf(transports);
  }
}
