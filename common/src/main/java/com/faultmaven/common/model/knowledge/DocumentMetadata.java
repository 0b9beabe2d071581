package com.faultmaven.common.model.knowledge;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is known about a knowledge document besides its text (specification 5.3). Everything is
 * optional.
 *
 * @param author who wrote it
 * @param version which version of it
 * @param tags labels to filter by, empty when none are given
 * @param sourceUrl where it comes from
 * @param lastUpdated when its author last changed it, an ISO 8601 date or instant, as given
 * @param difficulty for whom it is written
 * @param category where it is filed
 */
@JsonNaming(SnakeCaseStrategy.class)
public record DocumentMetadata(
    @Nullable String author,
    @Nullable String version,
    @Nullable List<String> tags,
    @Nullable String sourceUrl,
    @Nullable String lastUpdated,
    @Nullable Difficulty difficulty,
    @Nullable String category) {
  /** Nothing known. */
  public static final DocumentMetadata NONE =
      new DocumentMetadata(null, null, List.of(), null, null, null, null);

  public DocumentMetadata {
    // A request may leave the tags out; everywhere else the list is there.
    tags = tags == null ? List.of() : List.copyOf(tags);
  }

  /** Labels, never null. */
  @Override
  public List<String> tags() {
    return tags == null ? List.of() : tags;
  }
}
