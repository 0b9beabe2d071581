package com.faultmaven.knowledge.domain;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.faultmaven.common.id.Ids;
import com.faultmaven.common.model.knowledge.DocumentMetadata;
import com.faultmaven.common.privacy.FileRedaction;
import com.faultmaven.common.privacy.Redaction;
import com.faultmaven.common.privacy.RedactionLevel;
import com.faultmaven.common.privacy.Redactor;
import com.faultmaven.common.web.FieldError;
import com.faultmaven.common.web.Problem;
import com.faultmaven.knowledge.domain.embedding.Lane;
import com.faultmaven.knowledge.domain.embedding.WorkLanes;
import io.quarkus.runtime.configuration.ConfigUtils;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a document must be like to be kept, and what is taken out of it before (specification 8.1).
 */
@ApplicationScoped
public class DocumentRules {
  private static final String DEFAULT_TYPE = "runbook";
  private static final Pattern TYPE = Pattern.compile("[a-z0-9][a-z0-9_-]{0,49}");
  private static final int LONGEST_ID = 200;
  private static final int LONGEST_TITLE = 300;
  private static final int LONGEST_FACT = 500;
  private static final int LONGEST_URL = 2_000;
  private static final int LONGEST_TAG = 50;
  private static final int MOST_TAGS = 20;

  private final KnowledgeSettings settings;
  private final WorkLanes lanes;
  private final Redactor redactor;

  /** Wires the bean. */
  @Inject
  public DocumentRules(KnowledgeSettings settings, WorkLanes lanes) {
    this.settings = settings;
    this.lanes = lanes;
    if (settings.redactionLevel() == RedactionLevel.OFF
        && ConfigUtils.getProfiles().contains("prod")) {
      throw new IllegalStateException(
          "faultmaven.knowledge.redaction-level=off is for development; choose secrets, standard or"
              + " strict");
    }
    redactor = Redactor.of(settings.redactionLevel());
  }

  /**
   * Checks and redacts documents.
   *
   * @param single whether there is one, so that errors need no index
   * @return fails with {@link Problem} 400 naming every field that is wrong, 413 for a text that is
   *     too large
   */
  public Uni<List<DocumentDraft>> drafts(List<DocumentInput> inputs, boolean single) {
    if (inputs.isEmpty() || inputs.size() > settings.maxDocumentsPerRequest()) {
      throw Problem.invalid(
          "documents", "1 to " + settings.maxDocumentsPerRequest() + " documents are accepted");
    }
    List<FieldError> errors = new ArrayList<>();
    for (int i = 0; i < inputs.size(); i++) {
      check(inputs.get(i), single ? "" : "documents." + i + ".", errors);
    }
    if (!errors.isEmpty()) {
      throw Problem.invalid(errors);
    }
    return lanes.run(Lane.INTERACTIVE, () -> inputs.stream().map(this::draft).toList());
  }

  private void check(DocumentInput input, String at, List<FieldError> errors) {
    String content = input.content();
    if (content == null || content.isBlank()) {
      errors.add(new FieldError(at + "content", "must not be blank"));
    } else if (content.indexOf('\0') >= 0) {
      errors.add(new FieldError(at + "content", "must not contain the NUL character"));
    } else if (content.length() > settings.maxDocumentBytes()
        || content.getBytes(UTF_8).length > settings.maxDocumentBytes()) {
      throw Problem.of(
          413,
          "document-too-large",
          "A document holds at most " + settings.maxDocumentBytes() + " bytes of text; split it.");
    }
    String id = input.documentId();
    if (id != null && !isId(id)) {
      errors.add(
          new FieldError(
              at + "document_id",
              "must be 1 to 200 characters without control characters, '.' and '..' segments"
                  + " and spaces at its ends"));
    }
    String type = input.documentType();
    if (type != null && !TYPE.matcher(type).matches()) {
      errors.add(
          new FieldError(
              at + "document_type", "must be 1 to 50 of a-z, 0-9, _ and -, for example runbook"));
    }
    checkText(input.title(), at + "title", LONGEST_TITLE, errors);
    if (input.metadata() != null) {
      check(input.metadata(), at + "metadata.", errors);
    }
  }

  private static void check(DocumentMetadata metadata, String at, List<FieldError> errors) {
    checkText(metadata.author(), at + "author", LONGEST_FACT, errors);
    checkText(metadata.version(), at + "version", LONGEST_FACT, errors);
    checkText(metadata.sourceUrl(), at + "source_url", LONGEST_URL, errors);
    checkText(metadata.lastUpdated(), at + "last_updated", LONGEST_FACT, errors);
    checkText(metadata.category(), at + "category", LONGEST_FACT, errors);
    if (metadata.tags().size() > MOST_TAGS) {
      errors.add(new FieldError(at + "tags", "at most " + MOST_TAGS + " are accepted"));
    }
    for (int i = 0; i < metadata.tags().size(); i++) {
      checkText(metadata.tags().get(i), at + "tags." + i, LONGEST_TAG, errors);
    }
  }

  private static void checkText(
      @Nullable String text, String field, int longest, List<FieldError> errors) {
    if (text != null
        && (text.isBlank()
            || text.length() > longest
            || text.chars().anyMatch(Character::isISOControl))) {
      errors.add(
          new FieldError(field, "must be 1 to " + longest + " characters, not blank, on one line"));
    }
  }

  private static boolean isId(String id) {
    return !id.isBlank()
        && id.equals(id.strip())
        && id.length() <= LONGEST_ID
        && id.chars().noneMatch(Character::isISOControl)
        && Arrays.stream(id.split("/", -1))
            .noneMatch(part -> part.isEmpty() || part.equals(".") || part.equals(".."));
  }

  private DocumentDraft draft(DocumentInput input) {
    String original = input.content() == null ? "" : input.content();
    FileRedaction redaction = redactor.forFile();
    Map<String, Integer> counts = new TreeMap<>();
    String content = clean(redaction, original, counts);
    // A title is cut out of the clean text: half a secret would not be recognised as one.
    String title =
        input.title() == null ? titleOf(content) : clean(redaction, input.title().strip(), counts);
    DocumentMetadata metadata =
        input.metadata() == null
            ? DocumentMetadata.NONE
            : clean(redaction, input.metadata(), counts);
    return new DocumentDraft(
        input.documentId() == null ? Ids.next() : input.documentId(),
        title,
        content,
        input.documentType() == null ? DEFAULT_TYPE : input.documentType(),
        metadata,
        content.getBytes(UTF_8).length,
        counts);
  }

  private static DocumentMetadata clean(
      FileRedaction redaction, DocumentMetadata metadata, Map<String, Integer> counts) {
    return new DocumentMetadata(
        cleanOrNull(redaction, metadata.author(), counts),
        cleanOrNull(redaction, metadata.version(), counts),
        metadata.tags().stream().map(tag -> clean(redaction, tag, counts)).toList(),
        cleanOrNull(redaction, metadata.sourceUrl(), counts),
        cleanOrNull(redaction, metadata.lastUpdated(), counts),
        metadata.difficulty(),
        cleanOrNull(redaction, metadata.category(), counts));
  }

  private static @Nullable String cleanOrNull(
      FileRedaction redaction, @Nullable String text, Map<String, Integer> counts) {
    return text == null ? null : clean(redaction, text, counts);
  }

  private static String clean(FileRedaction redaction, String text, Map<String, Integer> counts) {
    Redaction clean = redaction.redact(text);
    clean.counts().forEach((kind, count) -> counts.merge(kind, count, Integer::sum));
    return clean.text();
  }

  /** The first heading, else the first line that says something. */
  private static String titleOf(String content) {
    List<String> lines =
        content
            .lines()
            .limit(200)
            .map(String::strip)
            .filter(line -> line.codePoints().anyMatch(Character::isLetterOrDigit))
            .toList();
    String line =
        lines.stream()
            .filter(candidate -> candidate.startsWith("# "))
            .findFirst()
            .orElse(lines.isEmpty() ? "Untitled" : lines.getFirst());
    String title = line.replaceFirst("^#+\\s*", "").replaceAll("\\p{Cntrl}", " ").strip();
    return title.substring(
        0, title.offsetByCodePoints(0, Math.min(120, title.codePointCount(0, title.length()))));
  }
}
