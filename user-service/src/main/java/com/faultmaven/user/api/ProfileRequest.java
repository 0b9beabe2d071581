package com.faultmaven.user.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.faultmaven.common.web.Problem;
import com.faultmaven.user.domain.ProfileChange;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.ZoneId;
import java.util.IllformedLocaleException;
import java.util.Locale;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * New values of a profile; what is left out stays as it is.
 *
 * @param displayName the name that people read
 * @param avatarUrl http or https address of a picture; null removes it
 * @param timezone IANA zone
 * @param locale BCP 47 tag
 */
@Schema(
    name = "ProfileRequest",
    examples =
        """
        {"display_name": "Ada", "avatar_url": "https://example.org/ada.png",
         "timezone": "Europe/London", "locale": "en-GB"}""")
public record ProfileRequest(
    @Size(max = 200, message = "must have at most 200 characters")
        @Pattern(regexp = Texts.SAYING_LINE, message = Texts.SAYING_LINE_MESSAGE)
        @Nullable String displayName,
    // A tree, because null and left out differ.
    @Schema(implementation = String.class, nullable = true) @Nullable JsonNode avatarUrl,
    @Size(max = 64, message = "must have at most 64 characters") @Nullable String timezone,
    @Size(max = 64, message = "must have at most 64 characters") @Nullable String locale) {
  private static final int LONGEST_URL = 2000;

  ProfileChange toChange() {
    if (timezone != null && !ZoneId.getAvailableZoneIds().contains(timezone)) {
      throw Problem.invalid("timezone", "must be an IANA time zone like Europe/London");
    }
    return new ProfileChange(
        displayName == null ? null : displayName.strip(), avatar(), timezone, canonicalLocale());
  }

  private @Nullable String avatar() {
    if (avatarUrl == null) {
      return null;
    }
    if (avatarUrl.isNull()) {
      return "";
    }
    if (!avatarUrl.isTextual() || !isWebAddress(avatarUrl.textValue())) {
      throw Problem.invalid(
          "avatar_url", "must be an http or https address of at most 2000 characters, or null");
    }
    return avatarUrl.textValue();
  }

  private static boolean isWebAddress(String text) {
    if (text.length() > LONGEST_URL) {
      return false;
    }
    try {
      URI uri = new URI(text);
      return uri.getHost() != null
          && ("https".equalsIgnoreCase(uri.getScheme())
              || "http".equalsIgnoreCase(uri.getScheme()));
    } catch (URISyntaxException e) {
      return false;
    }
  }

  private @Nullable String canonicalLocale() {
    if (locale == null) {
      return null;
    }
    try {
      String tag = new Locale.Builder().setLanguageTag(locale).build().toLanguageTag();
      if (!locale.isEmpty() && !"und".equals(tag)) {
        return tag;
      }
    } catch (IllformedLocaleException notBcp47) {
      throw badLocale();
    }
    throw badLocale();
  }

  private static Problem badLocale() {
    return Problem.invalid("locale", "must be a BCP 47 language tag like en-GB");
  }
}
