package com.faultmaven.knowledge.domain.embedding;

import static org.assertj.core.api.Assertions.assertThat;

import com.faultmaven.common.model.knowledge.Embedding;
import dev.langchain4j.model.embedding.onnx.bgesmallenv15q.BgeSmallEnV15QuantizedEmbeddingModel;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class BgeModelTest {
  private static final List<String> TEXTS =
      List.of(
          "Connection pool exhausted: raise the pool size or find the leak.",
          "The certificate of the kubelet expires in seven days.",
          "Bananas are rich in potassium.",
          "java.sql.SQLTransientConnectionException: HikariPool-1 - Connection is not available",
          "a",
          "");

  @SuppressWarnings("NullAway.Init")
  private static BgeModel model;

  @BeforeAll
  static void load() throws Exception {
    model = BgeModel.load(BgeModel.tokenizer(), 1, 8);
  }

  @Test
  void agreesWithTheReferenceImplementation() throws Exception {
    var reference = new BgeSmallEnV15QuantizedEmbeddingModel();
    for (String text : TEXTS.subList(0, 5)) {
      Embedding expected = Embedding.of(reference.embed(text).content().vector());
      assertThat(model.embed(List.of(text)).getFirst().cosine(expected)).isGreaterThan(0.9999);
    }
  }

  @Test
  void givesVectorsOfLengthOneInTheOrderOfTheTexts() throws Exception {
    List<String> many = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      many.add(TEXTS.get(i % 3) + " " + "more ".repeat(i));
    }
    List<Embedding> together = model.embed(many);
    assertThat(together).hasSize(20);
    for (int i = 0; i < 20; i++) {
      Embedding alone = model.embed(List.of(many.get(i))).getFirst();
      assertThat(together.get(i).cosine(alone)).isGreaterThan(0.97);
      assertThat(lengthOf(together.get(i))).isBetween(0.9999, 1.0001);
    }
  }

  @Test
  void readsLongTextsToTheirEnd() throws Exception {
    String filler = "The weather is fine and nothing happens at all. ".repeat(60);
    Embedding without = model.embed(List.of(filler)).getFirst();
    Embedding with =
        model.embed(List.of(filler + "Kafka broker lost its disk. ".repeat(60))).getFirst();
    Embedding wanted = model.embed(List.of("Kafka broker lost its disk.")).getFirst();
    assertThat(with.cosine(wanted)).isGreaterThan(without.cosine(wanted) + 0.1);
  }

  @Test
  void putsTheRightTextFirst() throws Exception {
    Embedding question =
        model
            .embed(
                List.of(
                    "Represent this sentence for searching relevant passages: "
                        + "how to handle connection pool exhaustion"))
            .getFirst();
    List<Embedding> texts = model.embed(TEXTS.subList(0, 3));
    assertThat(texts.get(0).cosine(question))
        .isGreaterThan(texts.get(1).cosine(question))
        .isGreaterThan(texts.get(2).cosine(question));
  }

  private static double lengthOf(Embedding embedding) {
    double squares = 0;
    for (float value : embedding.toArray()) {
      squares += value * value;
    }
    return Math.sqrt(squares);
  }
}
