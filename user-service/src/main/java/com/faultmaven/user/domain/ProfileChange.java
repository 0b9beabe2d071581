package com.faultmaven.user.domain;

import com.faultmaven.common.model.user.User;
import com.faultmaven.common.model.user.UserBuilder;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * New values of a profile; what is null stays as it is.
 *
 * @param displayName the name that people read
 * @param avatarUrl picture; empty text to remove it
 * @param timezone IANA zone
 * @param locale BCP 47 tag
 */
public record ProfileChange(
    @Nullable String displayName,
    @Nullable String avatarUrl,
    @Nullable String timezone,
    @Nullable String locale) {
  /** Names of the fields that have a new value. */
  List<String> fields() {
    List<String> fields = new ArrayList<>();
    addUnlessNull(fields, "display_name", displayName);
    addUnlessNull(fields, "avatar_url", avatarUrl);
    addUnlessNull(fields, "timezone", timezone);
    addUnlessNull(fields, "locale", locale);
    return fields;
  }

  private static void addUnlessNull(List<String> fields, String name, @Nullable String value) {
    if (value != null) {
      fields.add(name);
    }
  }

  User applyTo(User user) {
    UserBuilder changed = user.toBuilder();
    if (displayName != null) {
      changed.displayName(displayName);
    }
    if (avatarUrl != null) {
      changed.avatarUrl(avatarUrl.isEmpty() ? null : avatarUrl);
    }
    if (timezone != null) {
      changed.timezone(timezone);
    }
    if (locale != null) {
      changed.locale(locale);
    }
    return changed.build();
  }
}
