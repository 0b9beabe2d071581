package com.faultmaven.cases.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.faultmaven.common.web.Problem;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A JSON merge patch (RFC 7396): what is absent stays, what is null is cleared, objects are merged
 * member by member.
 *
 * @param values the members that were sent, typed and valid; the others are null
 * @param present snake_case names of the members that were sent
 */
public record MergePatch<T>(T values, Set<String> present) {
  public MergePatch {
    present = Set.copyOf(present);
  }

  /** The value to store of a member that may be cleared. */
  <V> @Nullable V clearable(String name, @Nullable V sent, @Nullable V current) {
    return present.contains(name) ? sent : current;
  }

  /**
   * The value to store of a member that always has one.
   *
   * @throws Problem 400 when it was sent as null
   */
  <V> V required(String name, @Nullable V sent, V current) {
    if (!present.contains(name)) {
      return current;
    }
    if (sent == null) {
      throw Problem.invalid(name, "must not be null");
    }
    return sent;
  }

  /** The JSON value to store: an object that was sent is merged into the one that is there. */
  @Nullable JsonNode merged(String name, @Nullable JsonNode sent, @Nullable JsonNode current) {
    if (!present.contains(name)) {
      return current;
    }
    return sent == null || sent.isNull() ? null : merge(sent, current);
  }

  private static JsonNode merge(JsonNode sent, @Nullable JsonNode current) {
    if (!(sent instanceof ObjectNode patch)) {
      return sent;
    }
    ObjectNode target = current instanceof ObjectNode old ? old.deepCopy() : patch.objectNode();
    for (Map.Entry<String, JsonNode> member : patch.properties()) {
      if (member.getValue().isNull()) {
        target.remove(member.getKey());
      } else {
        target.set(
            Objects.requireNonNull(member.getKey()),
            merge(member.getValue(), target.get(member.getKey())));
      }
    }
    return target;
  }
}
