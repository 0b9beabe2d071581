package com.faultmaven.user.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.faultmaven.common.web.Problem;
import com.faultmaven.user.domain.ProfileChange;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.IllformedLocaleException;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * New values of a profile; what is left out stays as it is.
 *
 * @param displayName the name that people read
 * @param avatarUrl https address of a picture, which is never fetched; null removes it
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
  private static final Set<String> LANGUAGES = Set.of(Locale.getISOLanguages());
  private static final Set<String> COUNTRIES = Set.of(Locale.getISOCountries());

  /** Areas of UN M.49 that some language is spoken in, as in es-419. */
  private static final Set<String> AREAS =
      Arrays.stream(Locale.getAvailableLocales())
          .map(Locale::getCountry)
          .filter(region -> region.length() == 3)
          .collect(Collectors.toUnmodifiableSet());

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
          "avatar_url", "must be an https address of at most 2000 characters, or null");
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
          && uri.getUserInfo() == null
          && "https".equalsIgnoreCase(uri.getScheme());
    } catch (URISyntaxException e) {
      return false;
    }
  }

  private @Nullable String canonicalLocale() {
    if (locale == null) {
      return null;
    }
    try {
      Locale parsed = new Locale.Builder().setLanguageTag(locale).build();
      if (isKnown(parsed)) {
        return parsed.toLanguageTag();
      }
    } catch (IllformedLocaleException notBcp47) {
      throw badLocale();
    }
    throw badLocale();
  }

  /** Language, script and region that the JDK knows, and nothing more. */
  private static boolean isKnown(Locale locale) {
    return LANGUAGES.contains(locale.getLanguage())
        && (locale.getCountry().isEmpty()
            || COUNTRIES.contains(locale.getCountry())
            || AREAS.contains(locale.getCountry()))
        && (locale.getScript().isEmpty() || isScript(locale.getScript()))
        && locale.getVariant().isEmpty()
        && !locale.hasExtensions();
  }

  private static boolean isScript(String code) {
    try {
      return Character.UnicodeScript.forName(code) != Character.UnicodeScript.UNKNOWN;
    } catch (IllegalArgumentException unknown) {
      return false;
    }
  }

  private static Problem badLocale() {
    return Problem.invalid(
        "locale", "must be a language tag of known parts, like en-GB or zh-Hant-TW");
  }
}
