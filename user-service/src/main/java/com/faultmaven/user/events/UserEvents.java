package com.faultmaven.user.events;

import com.faultmaven.user.domain.Profiles;
import io.smallrye.reactive.messaging.kafka.api.IncomingKafkaRecordMetadata;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.eclipse.microprofile.reactive.messaging.Message;

/**
 * What other replicas of this service have changed is forgotten here. Each replica reads all events
 * for itself, from its start on; one that is missed costs no more than the cache's lifetime.
 */
@ApplicationScoped
public class UserEvents {
  private final Profiles profiles;

  /** Wires the bean. */
  @Inject
  public UserEvents(Profiles profiles) {
    this.profiles = profiles;
  }

  /** Takes an event of an account; its key is the account's id. */
  @Incoming("users")
  public CompletionStage<Void> receive(Message<byte[]> message) {
    message
        .getMetadata(IncomingKafkaRecordMetadata.class)
        .map(IncomingKafkaRecordMetadata::getKey)
        .ifPresent(key -> profiles.forget(key.toString()));
    return message.ack();
  }
}
