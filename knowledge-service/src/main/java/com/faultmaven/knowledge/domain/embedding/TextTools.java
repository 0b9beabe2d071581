package com.faultmaven.knowledge.domain.embedding;

import com.faultmaven.knowledge.domain.text.Chunker;
import com.faultmaven.knowledge.domain.text.ChunkingSettings;
import com.faultmaven.knowledge.domain.text.WordPieceTokenizer;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Makes what reads texts by the vocabulary of the model. */
public final class TextTools {
  /** The model's tokenizer. */
  @Produces
  @Singleton
  public WordPieceTokenizer tokenizer() {
    try {
      return BgeModel.tokenizer();
    } catch (IOException e) {
      throw new UncheckedIOException("the model's vocabulary cannot be read", e);
    }
  }

  /** The chunker. */
  @Produces
  @Singleton
  public Chunker chunker(WordPieceTokenizer tokenizer, ChunkingSettings settings) {
    return new Chunker(tokenizer, settings);
  }
}
