package com.faultmaven.knowledge.api;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A question.
 *
 * @param question in words
 * @param k chunks that are read for it; 5 when left out
 * @param conversation what was said before, so that a follow-up can be understood
 */
@Schema(name = "AskRequest", description = "A question in words")
public record AskRequest(
    @Schema(required = true, examples = "How do I handle database timeouts?")
        @NotBlank
        @Size(max = 2000)
        String question,
    @Schema(examples = "5", description = "Chunks that are read; 5 when left out") @Min(1) @Max(50)
        @Nullable Integer k,
    @Schema(description = "What was said before, the oldest first") @Size(max = 50)
        @Nullable List<@NotNull @Valid Turn> conversation) {
  private static final int DEFAULT_K = 5;

  /**
   * Something that was said before.
   *
   * @param role user or assistant
   * @param content what was said
   */
  @Schema(name = "ConversationTurn")
  public record Turn(
      @Schema(examples = "user") @NotBlank @Size(max = 20) String role,
      @Schema(examples = "What does pool exhaustion look like?") @NotBlank @Size(max = 10_000)
          String content) {}

  /** How many chunks. */
  int limit() {
    return k == null ? DEFAULT_K : k;
  }

  /** What the user asked right before; null when nothing was. */
  @Nullable String before() {
    return conversation == null
        ? null
        : conversation.reversed().stream()
            .filter(turn -> turn.role().equals("user"))
            .map(Turn::content)
            .findFirst()
            .orElse(null);
  }
}
