package com.faultmaven.knowledge.domain;

import com.faultmaven.common.privacy.RedactionLevel;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Documents, indexing and answers; the keys begin with {@code faultmaven.knowledge}. */
@ConfigMapping(prefix = "faultmaven.knowledge")
public interface KnowledgeSettings {
  /** What is redacted in documents before they are kept. */
  @WithDefault("secrets")
  RedactionLevel redactionLevel();

  /** Largest text of one document, in bytes of UTF-8. */
  @WithDefault("1048576")
  int maxDocumentBytes();

  /** Most documents of one request. */
  @WithDefault("50")
  int maxDocumentsPerRequest();

  /** Most documents of one knowledge base. */
  @WithDefault("10000")
  int maxDocuments();

  /** How long a request with {@code wait=true} waits for its documents to be indexed. */
  @WithDefault("PT30S")
  Duration waitLimit();

  /** How often such a request looks. */
  @WithDefault("PT0.1S")
  Duration waitInterval();

  /** Least similarity of a chunk that counts as an answer, -1 to 1. */
  @WithDefault("0.58")
  double answerThreshold();

  /** Most passages that an answer quotes. */
  @WithDefault("3")
  int answerPassages();

  /** Most passages that are compared with the question for one answer. */
  @WithDefault("24")
  int answerCandidates();

  /** Characters shown of the chunks before and after one that was found. */
  @WithDefault("300")
  int contextCharacters();

  /** Documents that this process indexes at once. */
  @WithDefault("2")
  int indexingConcurrency();

  /** How often documents are looked for that nobody told about: those of a crashed process. */
  @WithDefault("PT2S")
  Duration indexingInterval();

  /** After which time without a sign of life another process takes a document over. */
  @WithDefault("PT30S")
  Duration indexingLease();

  /** How often a document is tried that fails for another reason than a store being away. */
  @WithDefault("3")
  int indexingAttempts();

  /** Longest pause between two attempts. */
  @WithDefault("PT1M")
  Duration indexingMaxBackoff();

  /** Chunks that are embedded between two signs of life. */
  @WithDefault("32")
  int indexingSlice();
}
