package com.faultmaven.knowledge.domain.embedding;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.faultmaven.common.model.knowledge.Embedding;
import com.faultmaven.knowledge.domain.text.WordPieceTokenizer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * BGE small English v1.5, quantised, run by ONNX Runtime: 384 numbers a text, the first token's
 * state (CLS pooling), normalised to length 1. A text that is longer than the model's window is
 * read in windows and stands as their weighted mean, so that nothing of it is cut off. Thread-safe.
 */
final class BgeModel implements AutoCloseable {
  static final String NAME = "bge-small-en-v1.5-q";
  static final int DIMENSION = 384;
  static final int WINDOW = 512;

  /** Most tokens of one batch, padding included. */
  private static final int BATCH_TOKENS = 512;

  private static final String MODEL = "/bge-small-en-v1.5-q.onnx";
  private static final String VOCABULARY = "/bge-small-en-v1.5-q-tokenizer.json";

  private final OrtEnvironment environment;
  private final OrtSession session;
  private final WordPieceTokenizer tokenizer;
  private final int batchSize;

  private BgeModel(
      OrtEnvironment environment, OrtSession session, WordPieceTokenizer tokenizer, int batchSize) {
    this.environment = environment;
    this.session = session;
    this.tokenizer = tokenizer;
    this.batchSize = batchSize;
  }

  /**
   * Loads the model, which takes about a second.
   *
   * @param threads processor threads that it may use for one batch
   * @param batchSize most sequences that it reads at once
   */
  static BgeModel load(WordPieceTokenizer tokenizer, int threads, int batchSize)
      throws IOException, OrtException {
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(threads);
      options.setInterOpNumThreads(1);
      // Idle threads sleep instead of spinning: others need the processor.
      options.addConfigEntry("session.intra_op.allow_spinning", "0");
      // An arena keeps what the largest batch ever needed.
      options.setCPUArenaAllocator(false);
      OrtSession session = open(environment, options);
      return new BgeModel(environment, session, tokenizer, batchSize);
    }
  }

  /** From a file, which ONNX Runtime reads once: the heap need not hold the model as well. */
  private static OrtSession open(OrtEnvironment environment, OrtSession.SessionOptions options)
      throws IOException, OrtException {
    Path file = Files.createTempFile("faultmaven-model-", ".onnx");
    try (InputStream in = resource(MODEL)) {
      Files.copy(in, file, StandardCopyOption.REPLACE_EXISTING);
      return environment.createSession(file.toString(), options);
    } finally {
      Files.deleteIfExists(file);
    }
  }

  /** Reads the vocabulary that comes with the model. */
  static WordPieceTokenizer tokenizer() throws IOException {
    Map<String, Integer> vocabulary = new HashMap<>(65_536);
    try (InputStream in = resource(VOCABULARY);
        JsonParser json = new JsonFactory().createParser(in)) {
      String field = "";
      while (json.nextToken() != null && !field.equals("vocab")) {
        field = json.currentToken() == JsonToken.FIELD_NAME ? json.currentName() : "";
      }
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String token = json.currentName();
        vocabulary.put(token, json.nextIntValue(-1));
      }
    }
    return new WordPieceTokenizer(vocabulary);
  }

  /** The vectors of the texts, in their order. */
  List<Embedding> embed(List<String> texts) throws OrtException {
    List<long[]> sequences = new ArrayList<>();
    int[] owners = new int[0];
    for (int i = 0; i < texts.size(); i++) {
      List<long[]> own = tokenizer.sequences(texts.get(i), WINDOW);
      int before = sequences.size();
      sequences.addAll(own);
      owners = Arrays.copyOf(owners, sequences.size());
      Arrays.fill(owners, before, sequences.size(), i);
    }
    float[][] sums = new float[texts.size()][DIMENSION];
    // Neighbours of one length need no padding.
    List<Integer> byLength =
        IntStream.range(0, sequences.size())
            .boxed()
            .sorted(Comparator.comparingInt(i -> sequences.get(i).length))
            .toList();
    int from = 0;
    while (from < byLength.size()) {
      int to = batchEnd(sequences, byLength, from);
      List<Integer> batch = byLength.subList(from, to);
      from = to;
      float[][] vectors = run(batch.stream().map(sequences::get).toList());
      for (int i = 0; i < vectors.length; i++) {
        int sequence = batch.get(i);
        addWeighted(sums[owners[sequence]], vectors[i], sequences.get(sequence).length);
      }
    }
    return Arrays.stream(sums).map(sum -> Embedding.of(normalised(sum))).toList();
  }

  @Override
  public void close() throws OrtException {
    session.close();
  }

  /** Batches of long texts gain no time and need much memory: their tokens are limited as well. */
  private int batchEnd(List<long[]> sequences, List<Integer> byLength, int from) {
    int to = from + 1;
    while (to < byLength.size()
        && to - from < batchSize
        && (to + 1 - from) * sequences.get(byLength.get(to)).length <= BATCH_TOKENS) {
      to++;
    }
    return to;
  }

  private float[][] run(List<long[]> sequences) throws OrtException {
    int longest = sequences.stream().mapToInt(sequence -> sequence.length).max().orElse(0);
    long[][] ids = new long[sequences.size()][longest];
    long[][] mask = new long[sequences.size()][longest];
    for (int i = 0; i < ids.length; i++) {
      long[] sequence = sequences.get(i);
      System.arraycopy(sequence, 0, ids[i], 0, sequence.length);
      Arrays.fill(mask[i], 0, sequence.length, 1);
    }
    try (OnnxTensor idTensor = OnnxTensor.createTensor(environment, ids);
        OnnxTensor maskTensor = OnnxTensor.createTensor(environment, mask);
        OnnxTensor typeTensor =
            OnnxTensor.createTensor(environment, new long[ids.length][longest]);
        OrtSession.Result result =
            session.run(
                Map.of(
                    "input_ids", idTensor,
                    "attention_mask", maskTensor,
                    "token_type_ids", typeTensor))) {
      return firstTokens((OnnxTensor) result.get(0), ids.length, longest);
    }
  }

  private static float[][] firstTokens(OnnxTensor states, int count, int length) {
    FloatBuffer buffer = states.getFloatBuffer();
    float[][] vectors = new float[count][DIMENSION];
    for (int i = 0; i < count; i++) {
      buffer.position(i * length * DIMENSION);
      buffer.get(vectors[i]);
      vectors[i] = normalised(vectors[i]);
    }
    return vectors;
  }

  private static void addWeighted(float[] sum, float[] vector, int weight) {
    for (int i = 0; i < sum.length; i++) {
      sum[i] += vector[i] * weight;
    }
  }

  private static float[] normalised(float[] vector) {
    double squares = 0;
    for (float value : vector) {
      squares += (double) value * value;
    }
    double length = Math.sqrt(squares);
    float[] normalised = new float[vector.length];
    for (int i = 0; i < vector.length; i++) {
      normalised[i] = length == 0 ? 0 : (float) (vector[i] / length);
    }
    return normalised;
  }

  private static InputStream resource(String name) throws IOException {
    InputStream in = BgeModel.class.getResourceAsStream(name);
    if (in == null) {
      throw new IOException(name + " is not on the class path");
    }
    return in;
  }
}
