package com.faultmaven.common.repository.memory;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.faultmaven.common.model.knowledge.Embedding;
import com.faultmaven.common.model.knowledge.VectorCollection;
import com.faultmaven.common.model.knowledge.VectorDocument;
import com.faultmaven.common.model.knowledge.VectorHit;
import com.faultmaven.common.repository.EmbeddingMismatchException;
import com.faultmaven.common.repository.MissingRowException;
import com.faultmaven.common.repository.StorageUnavailableException;
import com.faultmaven.common.repository.VectorStore;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Vectors in the memory of this process, searched exactly: every vector of the collection is
 * compared. Good for tens of thousands of documents a collection. With a directory, every write is
 * on the disk before it is acknowledged and everything is read back at the next start.
 */
public final class InMemoryVectorStore implements VectorStore, AutoCloseable {
  private static final String SUFFIX = ".vectors";
  private static final Comparator<VectorHit> BEST_FIRST =
      Comparator.comparingDouble(VectorHit::score).reversed().thenComparing(VectorHit::id);

  private record Shelf(
      VectorCollection collection,
      NavigableMap<String, VectorDocument> documents,
      @Nullable VectorJournal journal) {}

  /** Work that may touch the disk. */
  private interface Step<T> {
    T run() throws IOException;
  }

  private final ReadWriteLock lock = new ReentrantReadWriteLock();
  private final NavigableMap<String, Shelf> shelves = new TreeMap<>();
  private final @Nullable Path directory;
  private final @Nullable FileChannel guard;

  /** A store that forgets everything with its process. */
  public InMemoryVectorStore() {
    directory = null;
    guard = null;
  }

  /**
   * A store that keeps its collections in a directory, which is made when it is not there.
   *
   * @throws IOException when the directory cannot be read or written, or another store has it open
   */
  public InMemoryVectorStore(Path directory) throws IOException {
    this.directory = Files.createDirectories(directory);
    guard =
        FileChannel.open(
            directory.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      if (guard.tryLock() == null) {
        throw new IOException(directory + " is in use by another process");
      }
      try (Stream<Path> files = Files.list(directory)) {
        for (Path file : files.filter(path -> path.toString().endsWith(SUFFIX)).toList()) {
          load(file);
        }
      }
    } catch (OverlappingFileLockException inUse) {
      guard.close();
      throw new IOException(directory + " is in use by another store of this process", inUse);
    } catch (IOException failed) {
      guard.close();
      throw failed;
    }
  }

  @Override
  public Uni<VectorCollection> ensureCollection(VectorCollection collection) {
    return write(
        () -> {
          Shelf shelf = shelves.get(collection.name());
          if (shelf == null) {
            shelf = new Shelf(collection, new TreeMap<>(), journal(collection.name()));
            if (shelf.journal() != null) {
              shelf.journal().create(collection);
            }
            shelves.put(collection.name(), shelf);
          }
          requireSame(shelf, collection.embeddingModel(), collection.dimension());
          return shelf.collection();
        });
  }

  @Override
  public Uni<Optional<VectorCollection>> getCollection(String collection) {
    return read(() -> Optional.ofNullable(shelves.get(collection)).map(Shelf::collection));
  }

  @Override
  public Uni<List<VectorCollection>> listCollections(String namePrefix) {
    return read(
        () ->
            shelves.tailMap(namePrefix, true).values().stream()
                .map(Shelf::collection)
                .takeWhile(collection -> collection.name().startsWith(namePrefix))
                .toList());
  }

  @Override
  public Uni<Void> addDocuments(
      String collection, String embeddingModel, List<VectorDocument> documents) {
    return write(
            () -> {
              Shelf shelf = shelves.get(collection);
              if (shelf == null) {
                throw new MissingRowException("collection", collection);
              }
              documents.forEach(
                  document -> requireSame(shelf, embeddingModel, document.embedding().dimension()));
              if (shelf.journal() != null && !documents.isEmpty()) {
                shelf.journal().put(documents);
              }
              documents.forEach(document -> shelf.documents().put(document.id(), document));
              return compacted(shelf);
            })
        .replaceWithVoid();
  }

  @Override
  public Uni<List<VectorHit>> search(
      String collection, Embedding query, int k, Map<String, Object> filter) {
    if (k < 1 || k > 200) {
      throw new IllegalArgumentException("k must be from 1 to 200");
    }
    return read(
        () -> {
          Shelf shelf = shelves.get(collection);
          if (shelf == null) {
            return List.of();
          }
          requireSame(shelf, shelf.collection().embeddingModel(), query.dimension());
          return shelf.documents().values().stream()
              .filter(document -> matches(document, filter))
              .map(
                  document ->
                      new VectorHit(
                          document.id(),
                          document.text(),
                          document.metadata(),
                          document.embedding().cosine(query)))
              .sorted(BEST_FIRST)
              .limit(k)
              .toList();
        });
  }

  @Override
  public Uni<List<VectorDocument>> getDocuments(String collection, List<String> ids) {
    return read(
        () -> {
          Map<String, VectorDocument> documents = documents(collection);
          return ids.stream().distinct().flatMap(id -> found(documents, id)).toList();
        });
  }

  @Override
  public Uni<List<VectorDocument>> listDocuments(
      String collection, Map<String, Object> filter, int limit, int offset) {
    return read(
        () ->
            documents(collection).values().stream()
                .filter(document -> matches(document, filter))
                .skip(offset)
                .limit(limit)
                .toList());
  }

  @Override
  public Uni<Void> deleteDocuments(String collection, List<String> ids) {
    return write(() -> drop(collection, ids)).replaceWithVoid();
  }

  @Override
  public Uni<Void> deleteDocuments(String collection, Map<String, Object> filter) {
    if (filter.isEmpty()) {
      throw new IllegalArgumentException("to delete everything, delete the collection");
    }
    return write(
            () ->
                drop(
                    collection,
                    documents(collection).values().stream()
                        .filter(document -> matches(document, filter))
                        .map(VectorDocument::id)
                        .toList()))
        .replaceWithVoid();
  }

  @Override
  public Uni<Long> count(String collection) {
    return read(() -> (long) documents(collection).size());
  }

  @Override
  public Uni<Boolean> deleteCollection(String collection) {
    return write(
        () -> {
          Shelf shelf = shelves.get(collection);
          if (shelf != null && shelf.journal() != null) {
            shelf.journal().remove();
          }
          return shelves.remove(collection) != null;
        });
  }

  /** Lets another store open the directory. */
  @Override
  public void close() throws IOException {
    if (guard != null) {
      guard.close();
    }
  }

  private void load(Path file) throws IOException {
    VectorJournal journal = new VectorJournal(file);
    VectorJournal.Content content = journal.read();
    if (content == null) {
      // Not even the collection's own line: a crash before it was acknowledged.
      journal.remove();
      return;
    }
    Shelf shelf = new Shelf(content.collection(), new TreeMap<>(content.documents()), journal);
    shelves.put(content.collection().name(), compacted(shelf));
  }

  private static Shelf compacted(Shelf shelf) throws IOException {
    if (shelf.journal() != null) {
      shelf.journal().compactIfWorthwhile(shelf.collection(), shelf.documents().values());
    }
    return shelf;
  }

  private boolean drop(String collection, Collection<String> ids) throws IOException {
    Shelf shelf = shelves.get(collection);
    if (shelf == null) {
      return false;
    }
    List<String> there = new ArrayList<>(ids);
    there.retainAll(shelf.documents().keySet());
    if (!there.isEmpty()) {
      if (shelf.journal() != null) {
        shelf.journal().delete(there);
      }
      there.forEach(shelf.documents()::remove);
      compacted(shelf);
    }
    return !there.isEmpty();
  }

  private Map<String, VectorDocument> documents(String collection) {
    Shelf shelf = shelves.get(collection);
    return shelf == null ? Map.of() : shelf.documents();
  }

  private static Stream<VectorDocument> found(Map<String, VectorDocument> documents, String id) {
    return Stream.ofNullable(documents.get(id));
  }

  private @Nullable VectorJournal journal(String name) {
    // Hexadecimal, because names may differ in case alone and file systems may not.
    return directory == null
        ? null
        : new VectorJournal(
            directory.resolve(HexFormat.of().formatHex(name.getBytes(UTF_8)) + SUFFIX));
  }

  private static void requireSame(Shelf shelf, String model, int dimension) {
    VectorCollection recorded = shelf.collection();
    if (!recorded.embeddingModel().equals(model) || recorded.dimension() != dimension) {
      throw new EmbeddingMismatchException(
          recorded.name(),
          recorded.embeddingModel() + " (" + recorded.dimension() + ")",
          model + " (" + dimension + ")");
    }
  }

  private static boolean matches(VectorDocument document, Map<String, Object> filter) {
    return filter.entrySet().stream()
        .allMatch(wanted -> same(wanted.getValue(), document.metadata().get(wanted.getKey())));
  }

  private static boolean same(Object wanted, @Nullable Object value) {
    if (wanted instanceof Number left && value instanceof Number right) {
      // What was an int may come back from the disk as a long.
      return Double.compare(left.doubleValue(), right.doubleValue()) == 0;
    }
    return wanted.equals(value);
  }

  private <T> Uni<T> read(Step<T> step) {
    return locked(lock.readLock(), step);
  }

  private <T> Uni<T> write(Step<T> step) {
    return locked(lock.writeLock(), step);
  }

  private static <T> Uni<T> locked(Lock lock, Step<T> step) {
    return Uni.createFrom()
        .item(
            () -> {
              lock.lock();
              try {
                return step.run();
              } catch (IOException e) {
                throw new StorageUnavailableException("vector directory", e);
              } finally {
                lock.unlock();
              }
            })
        // Comparing many vectors and writing to the disk take time; event loops have none.
        .runSubscriptionOn(Infrastructure.getDefaultWorkerPool());
  }
}
