package com.faultmaven.knowledge.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.faultmaven.common.model.knowledge.DocumentMetadata;
import com.faultmaven.common.web.Problem;
import com.faultmaven.knowledge.domain.KnowledgeSettings;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Arrays;
import java.util.List;
import org.jboss.resteasy.reactive.multipart.FileUpload;
import org.jspecify.annotations.Nullable;

/** Reads documents that come as files: text in UTF-8, Markdown or plain. */
@ApplicationScoped
public class DocumentFiles {
  private final Vertx vertx;
  private final KnowledgeSettings settings;

  /** Wires the bean. */
  @Inject
  public DocumentFiles(Vertx vertx, KnowledgeSettings settings) {
    this.vertx = vertx;
    this.settings = settings;
  }

  /** The documents in the files, in their order; fails with {@link Problem} 400 or 413. */
  Uni<List<DocumentRequest>> read(
      @Nullable List<FileUpload> files,
      @Nullable String title,
      @Nullable String documentType,
      @Nullable String tags,
      @Nullable String category) {
    if (files == null || files.isEmpty()) {
      throw Problem.invalid("file", "at least one file is expected in a part named file");
    }
    if (files.size() > settings.maxDocumentsPerRequest()) {
      throw Problem.invalid(
          "file", "at most " + settings.maxDocumentsPerRequest() + " files are accepted");
    }
    if (title != null && files.size() > 1) {
      throw Problem.invalid("title", "one title cannot stand for several files");
    }
    DocumentMetadata metadata =
        new DocumentMetadata(null, null, labels(tags), null, null, null, category);
    return Multi.createFrom()
        .iterable(files)
        .onItem()
        .transformToUniAndConcatenate(
            file ->
                text(file)
                    .map(
                        content ->
                            new DocumentRequest(null, title, content, documentType, metadata)))
        .collect()
        .asList();
  }

  private Uni<String> text(FileUpload file) {
    if (file.size() > settings.maxDocumentBytes()) {
      throw Problem.of(
          413,
          "document-too-large",
          "A document holds at most " + settings.maxDocumentBytes() + " bytes of text; split it.");
    }
    return vertx
        .fileSystem()
        .readFile(file.uploadedFile().toString())
        .map(buffer -> decoded(buffer.getBytes()));
  }

  private static String decoded(byte[] bytes) {
    try {
      String text = UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return text.startsWith("\ufeff") ? text.substring(1) : text;
    } catch (CharacterCodingException e) {
      throw Problem.of(
          400, "not-text", "The file is not text in UTF-8; send Markdown or plain text.");
    }
  }

  private static List<String> labels(@Nullable String tags) {
    return tags == null || tags.isBlank()
        ? List.of()
        : Arrays.stream(tags.split(",")).map(String::strip).filter(tag -> !tag.isEmpty()).toList();
  }
}
