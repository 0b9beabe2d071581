package com.faultmaven.knowledge.storage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.faultmaven.common.model.knowledge.Embedding;
import com.faultmaven.common.model.knowledge.VectorCollection;
import com.faultmaven.common.model.knowledge.VectorDocument;
import com.faultmaven.common.model.knowledge.VectorHit;
import com.faultmaven.common.repository.EmbeddingMismatchException;
import com.faultmaven.common.repository.MissingRowException;
import com.faultmaven.common.repository.VectorStore;
import com.faultmaven.knowledge.storage.ChromaClient.NotFoundException;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.Vertx;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * Vectors in Chroma, in the cosine space (specification 5). A collection's metadata are those of
 * specification 5.4 and the model and dimension that filled it.
 *
 * <p>A write of at most {@link ChromaSettings#batchSize()} documents is one call and so all or
 * nothing; a larger one goes in as many calls, in order, and is completed by repeating it.
 */
public final class ChromaVectorStore implements VectorStore, AutoCloseable {
  private static final String MODEL = "embedding_model";
  private static final String DIMENSION = "dimension";
  private static final String CREATED_AT = "created_at";
  private static final int PAGE = 200;
  private static final int REMEMBERED = 10_000;
  private static final Comparator<VectorHit> BEST_FIRST =
      Comparator.comparingDouble(VectorHit::score).reversed().thenComparing(VectorHit::id);

  /** A collection with the id that Chroma gave it. */
  private record Known(String id, VectorCollection collection) {}

  private final ChromaClient chroma;
  private final int batchSize;
  private final Map<String, Known> known =
      Collections.synchronizedMap(
          new LinkedHashMap<>(64, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Known> eldest) {
              return size() > REMEMBERED;
            }
          });

  /** A store on the server at the address. */
  public ChromaVectorStore(Vertx vertx, URI url, ChromaSettings settings) {
    chroma = new ChromaClient(vertx, url, settings);
    batchSize = settings.batchSize();
  }

  @Override
  public Uni<VectorCollection> ensureCollection(VectorCollection collection) {
    ObjectNode metadata = ChromaClient.object();
    collection.metadata().forEach(metadata::put);
    metadata
        .put(MODEL, collection.embeddingModel())
        .put(DIMENSION, collection.dimension())
        .put(CREATED_AT, collection.createdAt().toString());
    ObjectNode request =
        ChromaClient.object().put("name", collection.name()).put("get_or_create", true);
    request.set("metadata", metadata);
    request.putObject("configuration").putObject("hnsw").put("space", "cosine");
    return chroma
        .post("", request)
        .map(this::remembered)
        .invoke(
            stored ->
                requireSame(
                    stored.collection(), collection.embeddingModel(), collection.dimension()))
        .map(Known::collection);
  }

  @Override
  public Uni<Optional<VectorCollection>> getCollection(String collection) {
    return lookUp(collection)
        .map(found -> Optional.of(found.collection()))
        .onFailure(NotFoundException.class)
        .recoverWithItem(Optional.empty());
  }

  @Override
  public Uni<List<VectorCollection>> listCollections(String namePrefix) {
    return Multi.createBy()
        .repeating()
        .uni(
            () -> new int[1],
            offset -> {
              int from = offset[0];
              offset[0] += PAGE;
              return chroma.get("?limit=" + PAGE + "&offset=" + from);
            })
        .whilst(page -> page.size() == PAGE)
        .collect()
        .asList()
        .map(
            pages ->
                pages.stream()
                    .flatMap(page -> streamOf(page).map(ChromaVectorStore::known))
                    .map(Known::collection)
                    .filter(found -> found.name().startsWith(namePrefix))
                    .sorted(Comparator.comparing(VectorCollection::name))
                    .toList());
  }

  @Override
  public Uni<Void> addDocuments(
      String collection, String embeddingModel, List<VectorDocument> documents) {
    return inCollection(
            collection,
            found -> {
              for (VectorDocument document : documents) {
                requireSame(found.collection(), embeddingModel, document.embedding().dimension());
              }
              return Multi.createFrom()
                  .iterable(batches(documents))
                  .onItem()
                  .transformToUniAndConcatenate(batch -> upsert(found, batch))
                  .collect()
                  .last();
            })
        .onFailure(NotFoundException.class)
        .transform(failure -> new MissingRowException("collection", collection))
        .replaceWithVoid();
  }

  @Override
  public Uni<List<VectorHit>> search(
      String collection, Embedding query, int k, Map<String, Object> filter) {
    if (k < 1 || k > 200) {
      throw new IllegalArgumentException("k must be from 1 to 200");
    }
    ObjectNode request = ChromaClient.object().put("n_results", k);
    request.putArray("query_embeddings").add(numbers(query));
    request.putArray("include").add("documents").add("metadatas").add("distances");
    addFilter(request, filter);
    return inCollection(
            collection,
            found -> {
              requireSame(
                  found.collection(), found.collection().embeddingModel(), query.dimension());
              return chroma.post(ChromaClient.collection(found.id()) + "/query", request);
            })
        .map(ChromaVectorStore::hits)
        .onFailure(NotFoundException.class)
        .recoverWithItem(List.of());
  }

  @Override
  public Uni<List<VectorDocument>> getDocuments(String collection, List<String> ids) {
    if (ids.isEmpty()) {
      return Uni.createFrom().item(List.of());
    }
    ObjectNode request = ChromaClient.object();
    addAll(request.putArray("ids"), ids);
    request.putArray("include").add("documents").add("metadatas").add("embeddings");
    return get(collection, request).map(answer -> documents(answer, ids));
  }

  @Override
  public Uni<List<VectorDocument>> listDocuments(
      String collection, Map<String, Object> filter, int limit, int offset) {
    // Chroma pages in the order of insertion; ours is that of the ids.
    ObjectNode request = ChromaClient.object();
    request.putArray("include");
    addFilter(request, filter);
    return get(collection, request)
        .map(
            answer ->
                streamOf(answer.path("ids"))
                    .map(JsonNode::textValue)
                    .sorted()
                    .skip(offset)
                    .limit(limit)
                    .toList())
        .flatMap(ids -> getDocuments(collection, ids));
  }

  @Override
  public Uni<Void> deleteDocuments(String collection, List<String> ids) {
    if (ids.isEmpty()) {
      return Uni.createFrom().voidItem();
    }
    ObjectNode request = ChromaClient.object();
    addAll(request.putArray("ids"), ids);
    return delete(collection, request);
  }

  @Override
  public Uni<Void> deleteDocuments(String collection, Map<String, Object> filter) {
    if (filter.isEmpty()) {
      throw new IllegalArgumentException("to delete everything, delete the collection");
    }
    ObjectNode request = ChromaClient.object();
    addFilter(request, filter);
    return delete(collection, request);
  }

  @Override
  public Uni<Long> count(String collection) {
    return inCollection(
            collection, found -> chroma.get(ChromaClient.collection(found.id()) + "/count"))
        .map(JsonNode::longValue)
        .onFailure(NotFoundException.class)
        .recoverWithItem(0L);
  }

  @Override
  public Uni<Boolean> deleteCollection(String collection) {
    known.remove(collection);
    return chroma
        .delete(ChromaClient.collection(collection))
        .replaceWith(true)
        .onFailure(NotFoundException.class)
        .recoverWithItem(false)
        // A call that was under way may have remembered it again.
        .invoke(() -> known.remove(collection));
  }

  @Override
  public void close() {
    chroma.close();
  }

  private Uni<JsonNode> get(String collection, ObjectNode request) {
    return inCollection(
            collection, found -> chroma.post(ChromaClient.collection(found.id()) + "/get", request))
        .onFailure(NotFoundException.class)
        .recoverWithItem(ChromaClient::object);
  }

  private Uni<Void> delete(String collection, ObjectNode request) {
    return inCollection(
            collection,
            found -> chroma.post(ChromaClient.collection(found.id()) + "/delete", request))
        .onFailure(NotFoundException.class)
        .recoverWithItem(ChromaClient::object)
        .replaceWithVoid();
  }

  /** Chroma merges metadata; a replaced document keeps none of its old ones. */
  private Uni<JsonNode> upsert(Known collection, List<VectorDocument> batch) {
    String path = ChromaClient.collection(collection.id());
    ObjectNode old = ChromaClient.object();
    addAll(old.putArray("ids"), batch.stream().map(VectorDocument::id).toList());
    old.putArray("include").add("metadatas");
    return chroma
        .post(path + "/get", old)
        .flatMap(present -> chroma.post(path + "/upsert", upsertRequest(batch, present)));
  }

  private static ObjectNode upsertRequest(List<VectorDocument> batch, JsonNode present) {
    Map<String, JsonNode> oldMetadata = new HashMap<>();
    for (int i = 0; i < present.path("ids").size(); i++) {
      oldMetadata.put(present.path("ids").path(i).textValue(), present.path("metadatas").path(i));
    }
    ObjectNode request = ChromaClient.object();
    ArrayNode ids = request.putArray("ids");
    ArrayNode embeddings = request.putArray("embeddings");
    ArrayNode texts = request.putArray("documents");
    ArrayNode metadatas = request.putArray("metadatas");
    for (VectorDocument document : batch) {
      ids.add(document.id());
      embeddings.add(numbers(document.embedding()));
      texts.add(document.text());
      ObjectNode metadata = ChromaClient.object();
      JsonNode old = oldMetadata.get(document.id());
      if (old != null) {
        old.fieldNames().forEachRemaining(metadata::putNull);
      }
      document.metadata().forEach(metadata::putPOJO);
      metadatas.add(metadata.isEmpty() ? metadatas.nullNode() : metadata);
    }
    return request;
  }

  /** Runs the call; once more when the collection was made anew behind our back. */
  private <T> Uni<T> inCollection(String name, Function<Known, Uni<T>> call) {
    Known remembered = known.get(name);
    if (remembered == null) {
      return lookUp(name).flatMap(found -> call.apply(found));
    }
    return Uni.createFrom()
        .deferred(() -> call.apply(remembered))
        .onFailure(NotFoundException.class)
        .recoverWithUni(
            () -> {
              known.remove(name, remembered);
              return lookUp(name).flatMap(found -> call.apply(found));
            });
  }

  private Uni<Known> lookUp(String name) {
    return chroma.get(ChromaClient.collection(name)).map(this::remembered);
  }

  private Known remembered(JsonNode answer) {
    Known found = known(answer);
    known.put(found.collection().name(), found);
    return found;
  }

  private static Known known(JsonNode answer) {
    Map<String, String> metadata = new HashMap<>();
    answer
        .path("metadata")
        .properties()
        .forEach(field -> metadata.put(field.getKey(), field.getValue().asText()));
    // A collection of somebody else says nothing of its model, and so takes no vectors of ours.
    String model = metadata.getOrDefault(MODEL, "unknown");
    int dimension = Math.max(1, answer.path("metadata").path(DIMENSION).asInt(1));
    Instant createdAt =
        metadata.containsKey(CREATED_AT) ? Instant.parse(metadata.get(CREATED_AT)) : Instant.EPOCH;
    metadata.keySet().removeAll(List.of(MODEL, DIMENSION, CREATED_AT));
    return new Known(
        answer.path("id").asText(),
        new VectorCollection(answer.path("name").asText(), model, dimension, metadata, createdAt));
  }

  private List<List<VectorDocument>> batches(List<VectorDocument> documents) {
    List<List<VectorDocument>> batches = new ArrayList<>();
    for (int from = 0; from < documents.size(); from += batchSize) {
      batches.add(documents.subList(from, Math.min(from + batchSize, documents.size())));
    }
    return batches;
  }

  private static List<VectorHit> hits(JsonNode answer) {
    JsonNode ids = answer.path("ids").path(0);
    List<VectorHit> hits = new ArrayList<>();
    for (int i = 0; i < ids.size(); i++) {
      double distance = answer.path("distances").path(0).path(i).asDouble();
      hits.add(
          new VectorHit(
              ids.path(i).asText(),
              answer.path("documents").path(0).path(i).asText(""),
              metadata(answer.path("metadatas").path(0).path(i)),
              Math.clamp(1 - distance, -1.0, 1.0)));
    }
    hits.sort(BEST_FIRST);
    return List.copyOf(hits);
  }

  private static List<VectorDocument> documents(JsonNode answer, List<String> order) {
    Map<String, VectorDocument> found = new HashMap<>();
    JsonNode ids = answer.path("ids");
    for (int i = 0; i < ids.size(); i++) {
      JsonNode numbers = answer.path("embeddings").path(i);
      float[] embedding = new float[numbers.size()];
      for (int n = 0; n < embedding.length; n++) {
        embedding[n] = numbers.path(n).floatValue();
      }
      String id = ids.path(i).asText();
      found.put(
          id,
          new VectorDocument(
              id,
              answer.path("documents").path(i).asText(""),
              Embedding.of(embedding),
              metadata(answer.path("metadatas").path(i))));
    }
    return order.stream().distinct().flatMap(id -> Stream.ofNullable(found.get(id))).toList();
  }

  private static Map<String, Object> metadata(JsonNode node) {
    Map<String, Object> metadata = new HashMap<>();
    node.properties()
        .forEach(
            field -> {
              JsonNode value = field.getValue();
              if (value.isTextual()) {
                metadata.put(field.getKey(), value.textValue());
              } else if (value.isNumber()) {
                metadata.put(field.getKey(), value.numberValue());
              } else if (value.isBoolean()) {
                metadata.put(field.getKey(), value.booleanValue());
              }
            });
    return metadata;
  }

  private static void addFilter(ObjectNode request, Map<String, Object> filter) {
    if (filter.size() == 1) {
      filter.forEach(request.putObject("where")::putPOJO);
    } else if (!filter.isEmpty()) {
      ArrayNode all = request.putObject("where").putArray("$and");
      filter.forEach((name, value) -> all.addObject().putPOJO(name, value));
    }
  }

  private static ArrayNode numbers(Embedding embedding) {
    ArrayNode numbers = ChromaClient.object().arrayNode(embedding.dimension());
    for (float value : embedding.toArray()) {
      numbers.add(value);
    }
    return numbers;
  }

  private static void addAll(ArrayNode array, List<String> texts) {
    texts.forEach(array::add);
  }

  private static Stream<JsonNode> streamOf(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false);
  }

  private static void requireSame(VectorCollection recorded, String model, int dimension) {
    if (!recorded.embeddingModel().equals(model) || recorded.dimension() != dimension) {
      throw new EmbeddingMismatchException(
          recorded.name(),
          recorded.embeddingModel() + " (" + recorded.dimension() + ")",
          model + " (" + dimension + ")");
    }
  }
}
