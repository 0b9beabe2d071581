package com.faultmaven.cases.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.faultmaven.common.id.Ids;
import com.faultmaven.common.model.cases.CaseMessage;
import com.faultmaven.common.model.cases.MessageRole;
import com.faultmaven.common.model.cases.MessageType;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A message to add to the conversation.
 *
 * @param messageType what kind of message; user_query when it is not said
 * @param role who speaks; user when it is not said
 * @param content what is said
 * @param metadata turn number, tool calls and so on, a JSON object
 */
@RegisterForReflection
@Schema(
    examples =
        """
        {"content": "Since the deploy at nine every checkout times out."}
        """)
public record NewMessage(
    @Schema(examples = "user_query") @Nullable MessageType messageType,
    @Schema(examples = "user") @Nullable MessageRole role,
    @NotNull
        @Text
        @Size(max = Bounds.CONTENT)
        @Schema(examples = "Since the deploy at nine every checkout times out.")
        String content,
    @JsonColumn @Schema(type = SchemaType.OBJECT, implementation = Object.class)
        @Nullable JsonNode metadata) {
  /** The message, with an id of its own. */
  CaseMessage of(String caseId, Instant now) {
    return new CaseMessage(
        Ids.next(),
        caseId,
        messageType == null ? MessageType.USER_QUERY : messageType,
        role == null ? MessageRole.USER : role,
        content,
        metadata,
        now);
  }
}
