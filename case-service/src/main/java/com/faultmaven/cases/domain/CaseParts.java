package com.faultmaven.cases.domain;

import static java.util.Objects.requireNonNull;

import com.faultmaven.common.repository.Limits;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which parts of a case a reader wants, beside its own row and tags. What is not wanted is not
 * queried.
 *
 * @param collections collections of rows
 * @param lastMessages the newest so many of the messages, 1 to 200; null for all of them
 * @param history whether the end of the conversation is wanted as {@code conversation_history}
 */
public record CaseParts(
    Set<CaseCollection> collections, @Nullable Integer lastMessages, boolean history) {
  /** Everything. */
  public static final CaseParts ALL = of(EnumSet.allOf(CaseCollection.class), null);

  /** The most messages that may be asked for by number. */
  public static final int MAX_LAST = Limits.MAX - 1;

  public CaseParts {
    collections = Set.copyOf(collections);
    if (lastMessages != null && (lastMessages < 1 || lastMessages > MAX_LAST)) {
      throw new IllegalArgumentException("from 1 to " + MAX_LAST + " messages");
    }
  }

  /** These collections, and the history when the messages are among them. */
  public static CaseParts of(Set<CaseCollection> collections, @Nullable Integer lastMessages) {
    return new CaseParts(collections, lastMessages, collections.contains(CaseCollection.MESSAGES));
  }

  /** The same without what has no field of these names in a case's document. */
  public CaseParts within(Set<String> fields) {
    requireNonNull(fields, "fields");
    EnumSet<CaseCollection> rest = EnumSet.noneOf(CaseCollection.class);
    collections.stream()
        .filter(collection -> fields.contains(collection.wireName()))
        .forEach(rest::add);
    return new CaseParts(rest, lastMessages, history && fields.contains("conversation_history"));
  }

  /** Whether the rows of a collection are wanted. */
  public boolean has(CaseCollection collection) {
    return collections.contains(collection);
  }
}
