package com.faultmaven.artifact.domain;

import com.faultmaven.common.repository.StorageBackend;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Collection;
import java.util.List;
import org.jboss.logging.Logger;

/**
 * Deletes objects whose rows are gone. The keys are noted in the transaction that deletes the rows,
 * so that none is forgotten when S3 is away or this process ends.
 */
@ApplicationScoped
public class ObjectRemoval {
  private static final Logger LOG = Logger.getLogger(ObjectRemoval.class);
  private static final int AT_ONCE = 8;

  private final FileStore files;
  private final StorageBackend storage;
  private final JobSettings settings;

  /** Wires the bean. */
  @Inject
  public ObjectRemoval(FileStore files, StorageBackend storage, JobSettings settings) {
    this.files = files;
    this.storage = storage;
    this.settings = settings;
  }

  /** Deletes every object that is noted for deletion; gives how many. Fails when S3 is away. */
  public Uni<Integer> removeNoted() {
    return Multi.createBy()
        .repeating()
        .uni(this::removeBatch)
        .whilst(removed -> removed >= settings.batch())
        .collect()
        .with(java.util.stream.Collectors.summingInt(Integer::intValue));
  }

  /** Deletes objects that were never given a row; those that stay are the orphan job's. */
  Uni<Void> removeNow(Collection<String> keys) {
    return removeAll(List.copyOf(keys))
        .onFailure()
        .invoke(failure -> LOG.warnf("Objects stay for the orphan job: %s", failure.toString()))
        .onFailure()
        .recoverWithNull()
        .replaceWithVoid();
  }

  private Uni<Integer> removeBatch() {
    return files
        .objectsToDelete(settings.batch())
        .flatMap(
            keys ->
                keys.isEmpty()
                    ? Uni.createFrom().item(0)
                    : removeAll(keys)
                        .chain(() -> files.objectsDeleted(keys))
                        .replaceWith(keys.size()));
  }

  /** Deletes objects side by side; one that is gone already is no failure. */
  public Uni<Void> removeAll(List<String> keys) {
    return Multi.createFrom()
        .iterable(keys)
        .onItem()
        .transformToUni(storage::delete)
        .merge(AT_ONCE)
        .collect()
        .last()
        .replaceWithVoid();
  }
}
