package com.faultmaven.common.model.cases;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import com.faultmaven.common.model.Checks;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One message of a case's conversation (specification 3.2, table case_messages).
 *
 * @param messageId id, unique within the case
 * @param caseId the case
 * @param messageType what kind of message
 * @param role who speaks
 * @param content what is said
 * @param metadata turn number, tool calls and so on, a JSON object
 * @param createdAt when
 */
@JsonNaming(SnakeCaseStrategy.class)
public record CaseMessage(
    String messageId,
    String caseId,
    MessageType messageType,
    MessageRole role,
    String content,
    @Nullable JsonNode metadata,
    Instant createdAt) {
  public CaseMessage {
    Checks.text(messageId, "message_id");
    Checks.text(caseId, "case_id");
    requireNonNull(messageType, "message_type");
    requireNonNull(role, "role");
    Checks.text(content, "content");
    metadata = Checks.json(metadata);
    requireNonNull(createdAt, "created_at");
  }
}
