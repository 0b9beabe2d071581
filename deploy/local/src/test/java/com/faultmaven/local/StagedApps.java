package com.faultmaven.local;

import com.faultmaven.local.servers.ServerBinaries;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;

/** Stages stand-ins for the packaged services beside the real backing servers. */
final class StagedApps {
  private StagedApps() {}

  /** All five services and the gateway in that directory. */
  static Path in(Path directory) throws IOException {
    for (Service service : Service.values()) {
      replace(directory, service, AnsweringService.class);
    }
    jar(
        Files.createDirectories(directory.resolve("gateway")).resolve("gateway.jar"),
        com.faultmaven.gateway.Main.class,
        AnsweringService.class);
    ServerBinaries built = ServerBinaries.ofThisCheckout();
    Path servers = directory.resolve("servers");
    copy(built.postgres(), servers.resolve("postgres"));
    copy(built.redis(), servers.resolve("redis"));
    copy(built.kafka(), servers.resolve("kafka"));
    copy(built.s3proxy(), servers.resolve("s3proxy"));
    return directory;
  }

  /** Makes that class the service. */
  static void replace(Path directory, Service service, Class<?> main) throws IOException {
    Path app = Files.createDirectories(directory.resolve(service.module()));
    jar(app.resolve("quarkus-run.jar"), main);
  }

  private static void copy(Path from, Path to) throws IOException {
    Files.createDirectories(to);
    try (Stream<Path> files = Files.list(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(file.getFileName()));
      }
    }
  }

  private static void jar(Path file, Class<?> main, Class<?>... others) throws IOException {
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, main.getName());
    try (JarOutputStream jar = new JarOutputStream(Files.newOutputStream(file), manifest)) {
      add(jar, main);
      for (Class<?> other : others) {
        add(jar, other);
      }
    }
  }

  private static void add(JarOutputStream jar, Class<?> type) throws IOException {
    String name = type.getName().replace('.', '/') + ".class";
    jar.putNextEntry(new JarEntry(name));
    try (InputStream in = type.getClassLoader().getResourceAsStream(name)) {
      if (in == null) {
        throw new IOException(name + " is not on the class path");
      }
      in.transferTo(jar);
    }
    jar.closeEntry();
  }
}
