package com.faultmaven.artifact.domain;

import com.faultmaven.common.model.artifact.PreprocessingStatus;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The stages of one file, as they happen. Stages come from this replica's memory, the end from the
 * row, so that a file that another replica works on ends here too.
 */
@ApplicationScoped
public class FileEvents {
  private final FileStore store;
  private final StageLog log;
  private final UploadSettings settings;

  /** Wires the bean. */
  @Inject
  public FileEvents(FileStore store, StageLog log, UploadSettings settings) {
    this.store = store;
    this.log = log;
    this.settings = settings;
  }

  /**
   * Follows a file until it is processed, deleted, or the limit of time is over. The first event
   * says where it is now.
   *
   * @param fileId a file that the listener may see
   */
  public Multi<StageEvent> follow(String fileId) {
    Set<Stage> told = EnumSet.noneOf(Stage.class);
    return Multi.createFrom()
        .ticks()
        .every(settings.eventsInterval())
        .onOverflow()
        .drop()
        .onItem()
        .transformToUniAndConcatenate(tick -> look(fileId))
        .onItem()
        .transformToIterable(look -> news(look, told))
        .select()
        .first(Optional::isPresent)
        .map(stage -> new StageEvent(fileId, stage.orElseThrow()))
        .select()
        .first(settings.eventsLimit());
  }

  /** What one look has shown: stages, told before or not, and whether nothing follows. */
  private record Look(List<Stage> stages, boolean over) {}

  /** Stages that were not told yet; an empty one at the end when nothing follows. */
  private static List<Optional<Stage>> news(Look look, Set<Stage> told) {
    List<Optional<Stage>> news = new ArrayList<>();
    look.stages().stream().filter(told::add).map(Optional::of).forEach(news::add);
    if (look.over()) {
      news.add(Optional.empty());
    }
    return news;
  }

  private Uni<Look> look(String fileId) {
    List<Stage> here = log.of(fileId);
    return here.isEmpty()
        ? store
            .find(fileId)
            .map(
                found ->
                    found
                        .map(file -> lookAt(file.file().preprocessingStatus()))
                        .orElse(new Look(List.of(), true)))
        : Uni.createFrom().item(new Look(here, false));
  }

  private static Look lookAt(PreprocessingStatus status) {
    return switch (status) {
      case PENDING, PROCESSING -> new Look(List.of(Stage.RECEIVED), false);
      case AWAITING_DECISION -> new Look(List.of(Stage.AWAITING_DECISION), false);
      case COMPLETED -> new Look(List.of(Stage.COMPLETED), true);
      case FAILED -> new Look(List.of(Stage.FAILED), true);
    };
  }
}
