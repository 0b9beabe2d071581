package com.faultmaven.common.model.cases;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * One line of a case's {@code conversation_history}: the newest {@value #SHOWN} messages, oldest
 * first, without their metadata. It is made from the messages when a case is read, and stored
 * nowhere (specification 3.2).
 *
 * @param messageId id of the message
 * @param role who speaks
 * @param messageType what kind of message
 * @param content what is said
 * @param createdAt when
 */
@RegisterForReflection
@JsonNaming(SnakeCaseStrategy.class)
@Schema(description = "A message of the conversation's end, without its metadata")
public record RecentMessage(
    String messageId,
    MessageRole role,
    MessageType messageType,
    String content,
    Instant createdAt) {
  /** How many messages the history shows. */
  public static final int SHOWN = 20;

  /**
   * The history of a conversation.
   *
   * @param messages all its messages, oldest first
   * @return a JSON array, written with the instants of whoever writes it
   */
  public static JsonNode history(List<CaseMessage> messages) {
    return JsonNodeFactory.instance.pojoNode(
        messages.subList(Math.max(0, messages.size() - SHOWN), messages.size()).stream()
            .map(RecentMessage::of)
            .toList());
  }

  private static RecentMessage of(CaseMessage message) {
    return new RecentMessage(
        message.messageId(),
        message.role(),
        message.messageType(),
        message.content(),
        message.createdAt());
  }
}
