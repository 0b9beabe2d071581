package com.faultmaven.user.domain.passkey;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * Reads the object that a browser's {@code PublicKeyCredential.toJSON()} gives. What this service
 * does not need is passed over: browsers add fields as they like.
 */
final class CredentialFields {
  /** Longest text that is read, in characters; what authenticators make is far shorter. */
  static final int LONGEST_TEXT = 65_536;

  private static final int LONGEST_ID = 1364; // 1023 bytes
  private static final int MOST_TRANSPORTS = 16;
  private static final int LONGEST_TRANSPORT = 32;

  private final JsonNode credential;

  CredentialFields(JsonNode credential) {
    this.credential = credential;
  }

  /** The credential's id, once {@code id}, {@code rawId} and {@code type} have been looked at. */
  String credentialId() {
    String id = text(credential.path("id"), LONGEST_ID);
    if (id.isEmpty()
        || !id.equals(text(credential.path("rawId"), LONGEST_ID))
        || !"public-key".equals(credential.path("type").textValue())) {
      throw new PasskeyRefused("malformed");
    }
    return canonical(id);
  }

  /** A binary field of the authenticator's response, in Base64url. */
  String response(String name) {
    return canonical(text(credential.path("response").path(name), LONGEST_TEXT));
  }

  /** Known and unknown transports, as the browser names them. */
  List<String> transports() {
    JsonNode names = credential.path("response").path("transports");
    List<String> transports = new ArrayList<>();
    for (JsonNode name : names) {
      if (transports.size() == MOST_TRANSPORTS) {
        throw new PasskeyRefused("malformed");
      }
      String transport = text(name, LONGEST_TRANSPORT);
      if (!transport.matches("[a-z][a-z-]*")) {
        throw new PasskeyRefused("malformed");
      }
      transports.add(transport);
    }
    return transports.stream().distinct().toList();
  }

  private static String text(JsonNode node, int longest) {
    String text = node.textValue();
    if (text == null || text.length() > longest) {
      throw new PasskeyRefused("malformed");
    }
    return text;
  }

  /** The one way to write these bytes, so that the same credential is always the same text. */
  private static String canonical(String base64url) {
    try {
      return Base64.getUrlEncoder()
          .withoutPadding()
          .encodeToString(Base64.getUrlDecoder().decode(base64url));
    } catch (IllegalArgumentException notBase64url) {
      throw new PasskeyRefused("malformed", notBase64url);
    }
  }
}
