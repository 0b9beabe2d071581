package com.faultmaven.knowledge.domain;

import com.faultmaven.common.model.knowledge.CollectionName;
import com.faultmaven.common.web.Problem;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A collection that people fill with documents: a user's own, or the global one (decisions, section
 * 5).
 *
 * @param collection name of its collection
 * @param ownerId whose it is; null for the global one
 * @param answeredBy name of the kind in answers
 */
public record KnowledgeBase(String collection, @Nullable String ownerId, String answeredBy) {
  /** The one that admins write and all read. */
  public static final KnowledgeBase GLOBAL =
      new KnowledgeBase(CollectionName.GLOBAL, null, "global_kb");

  private static final Pattern USER_ID =
      Pattern.compile("[A-Za-z0-9]([A-Za-z0-9._-]{0,126}[A-Za-z0-9])?");

  /**
   * A user's own knowledge base.
   *
   * @throws Problem 404 when there cannot be such a user
   */
  public static KnowledgeBase ofUser(String userId) {
    if (!USER_ID.matcher(userId).matches()) {
      throw Problem.notFound("user");
    }
    return new KnowledgeBase(CollectionName.ofUser(userId), userId, "user_kb");
  }

  /** What its collection says of itself (specification 5.4). */
  public Map<String, String> collectionMetadata() {
    return ownerId == null
        ? Map.of("type", "global_knowledge_base")
        : Map.of("type", "user_knowledge_base", "user_id", ownerId);
  }

  /** The knowledge base of a collection by its name. */
  static KnowledgeBase ofCollection(String collection) {
    return collection.equals(CollectionName.GLOBAL)
        ? GLOBAL
        : ofUser(collection.substring("user_kb_".length()));
  }
}
