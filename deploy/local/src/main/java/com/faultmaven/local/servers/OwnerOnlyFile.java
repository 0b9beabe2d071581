package com.faultmaven.local.servers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;

/** Writes a configuration that holds a password. */
final class OwnerOnlyFile {
  private OwnerOnlyFile() {}

  /** Replaces the file; it never exists with more than mode 600. */
  static Path write(Path file, String content) throws IOException {
    Path next = file.resolveSibling(file.getFileName() + ".next");
    Files.deleteIfExists(next);
    Files.createFile(
        next, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(next, content);
    return Files.move(next, file, StandardCopyOption.REPLACE_EXISTING);
  }
}
