package com.faultmaven.artifact.preprocess.classify;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.tika.io.TikaInputStream;
import org.apache.tika.metadata.Metadata;
import org.apache.tika.metadata.TikaCoreProperties;
import org.apache.tika.mime.MimeTypes;

/** Media types by content, from Apache Tika's table of magic bytes. */
final class MagicBytes {
  private final MimeTypes types = MimeTypes.getDefaultMimeTypes();

  /** The media type that the first bytes of a file speak for, whatever its name. */
  String byContent(byte[] head) {
    return detect(head, new Metadata());
  }

  /** The media type that the first bytes and the name speak for. */
  String byContentAndName(byte[] head, String filename) {
    Metadata metadata = new Metadata();
    metadata.set(TikaCoreProperties.RESOURCE_NAME_KEY, filename);
    return detect(head, metadata);
  }

  private String detect(byte[] head, Metadata metadata) {
    try (TikaInputStream in = TikaInputStream.get(head)) {
      return types.detect(in, metadata).toString();
    } catch (IOException e) {
      throw new UncheckedIOException("reading bytes in memory", e);
    }
  }
}
