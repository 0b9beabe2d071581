package com.faultmaven.knowledge.domain.embedding;

import com.faultmaven.common.model.knowledge.Embedding;
import com.faultmaven.common.web.Problem;
import com.faultmaven.knowledge.domain.text.WordPieceTokenizer;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import org.jboss.logging.Logger;

/**
 * The model that ships with the service, in this process and without a network. It is loaded beside
 * the start, which does not wait for it.
 */
@ApplicationScoped
public class BgeEmbedder implements Embedder {
  private static final Logger LOG = Logger.getLogger(BgeEmbedder.class);
  private static final String QUESTION =
      "Represent this sentence for searching relevant passages: ";

  private final EmbeddingSettings settings;
  private final WordPieceTokenizer tokenizer;
  private final MeterRegistry metrics;
  private final CompletableFuture<BgeModel> model = new CompletableFuture<>();
  private final WorkLanes lanes;

  /** Wires the bean. */
  @Inject
  public BgeEmbedder(
      EmbeddingSettings settings,
      WordPieceTokenizer tokenizer,
      WorkLanes lanes,
      MeterRegistry metrics) {
    this.settings = settings;
    this.tokenizer = tokenizer;
    this.lanes = lanes;
    this.metrics = metrics;
  }

  /** Begins to load the model. */
  void start(@Observes StartupEvent started) {
    Thread.ofPlatform().daemon().name("load-model").start(this::load);
  }

  @Override
  public String model() {
    return BgeModel.NAME;
  }

  @Override
  public int dimension() {
    return BgeModel.DIMENSION;
  }

  @Override
  public Uni<List<Embedding>> embed(List<String> texts, Lane lane) {
    if (lane == Lane.INTERACTIVE) {
      return onceLoaded().flatMap(loaded -> lanes.run(lane, timed(loaded, texts, lane)));
    }
    // One batch after the other: a large document leaves room for others between its batches.
    return onceLoaded()
        .flatMap(
            loaded ->
                Multi.createFrom()
                    .iterable(batches(texts))
                    .onItem()
                    .transformToUniAndConcatenate(
                        batch -> lanes.run(lane, timed(loaded, batch, lane)))
                    .collect()
                    .asList())
        .map(vectors -> vectors.stream().flatMap(List::stream).toList());
  }

  @Override
  public Uni<Embedding> embedQuestion(String question) {
    return embed(List.of(QUESTION + question), Lane.INTERACTIVE).map(List::getFirst);
  }

  @Override
  public State state() {
    if (!model.isDone()) {
      return new State(false, BgeModel.NAME + " is being loaded");
    }
    Throwable failure = model.isCompletedExceptionally() ? model.exceptionNow() : null;
    return failure == null
        ? new State(true, BgeModel.NAME)
        : new State(false, BgeModel.NAME + " cannot be loaded: " + failure.getMessage());
  }

  private List<List<String>> batches(List<String> texts) {
    List<List<String>> batches = new ArrayList<>();
    for (int from = 0; from < texts.size(); from += settings.batchSize()) {
      batches.add(texts.subList(from, Math.min(from + settings.batchSize(), texts.size())));
    }
    return batches;
  }

  private Callable<List<Embedding>> timed(BgeModel loaded, List<String> texts, Lane lane) {
    Timer timer =
        metrics.timer(
            "faultmaven.embedding.time", "lane", lane == Lane.BULK ? "bulk" : "interactive");
    return () -> timer.recordCallable(() -> loaded.embed(texts));
  }

  private Uni<BgeModel> onceLoaded() {
    if (model.isDone() && !model.isCompletedExceptionally()) {
      return Uni.createFrom().item(model.join());
    }
    return Uni.createFrom()
        .completionStage(model)
        .ifNoItem()
        .after(settings.loadTimeout())
        .fail()
        .onFailure()
        .transform(BgeEmbedder::notReady);
  }

  private static Throwable notReady(Throwable failure) {
    return failure instanceof TimeoutException
        ? Problem.unavailable(
            "embedding-not-ready", "The embedding model is being loaded.", Duration.ofSeconds(2))
        : Problem.unavailable(
            "embedding-failed",
            "The embedding model cannot be loaded; the service's log says why.",
            Duration.ofSeconds(60));
  }

  private void load() {
    long began = System.nanoTime();
    try {
      BgeModel loaded = BgeModel.load(tokenizer, settings.modelThreads(), settings.batchSize());
      // The first run lays out memory; no caller should wait for that.
      loaded.embed(List.of("ready"));
      model.complete(loaded);
      LOG.infof("%s loaded in %d ms", BgeModel.NAME, (System.nanoTime() - began) / 1_000_000);
    } catch (Exception | LinkageError failure) {
      LOG.errorf(failure, "%s cannot be loaded", BgeModel.NAME);
      model.completeExceptionally(failure);
    }
  }
}
