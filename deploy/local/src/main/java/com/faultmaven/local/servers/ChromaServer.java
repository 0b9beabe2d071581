package com.faultmaven.local.servers;

import com.faultmaven.local.process.ComponentException;
import com.faultmaven.local.process.OneShot;
import com.faultmaven.local.process.ProcessSpec;
import com.faultmaven.local.process.Program;
import com.faultmaven.local.process.Readiness;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Chroma from its npm package. It needs Node.js, npm and Linux on x64; elsewhere the stack does
 * without it and knowledge-service keeps its vectors in the embedded store.
 */
final class ChromaServer implements Program {
  private static final String PACKAGE = "chromadb-js-bindings-linux-x64-gnu";
  private static final String RUN =
      "require('%s').cli(['chroma','run','--path',process.argv[1],'--host','127.0.0.1',"
              .formatted(PACKAGE)
          + "'--port',process.argv[2]])";

  private final ArchiveCache cache;
  private final Path data;
  private final Path embeddedStore;
  private final Path log;
  private final int port;

  /**
   * A Chroma server.
   *
   * @param embeddedStore where the embedded store keeps its vectors when that one is in use: a
   *     stack stays with the store that it began with
   */
  ChromaServer(ArchiveCache cache, Path data, Path embeddedStore, Path log, int port) {
    this.cache = cache;
    this.data = data;
    this.embeddedStore = embeddedStore;
    this.log = log;
    this.port = port;
  }

  @Override
  public String name() {
    return "chroma";
  }

  @Override
  public int port() {
    return port;
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + port);
  }

  /** Once it holds vectors, the stack is wrong without it. */
  @Override
  public boolean optional() {
    return !Files.exists(data.resolve("chroma.sqlite3"));
  }

  @Override
  public ProcessSpec prepare() throws IOException, InterruptedException {
    if (Files.isDirectory(embeddedStore)) {
      throw new ComponentException("not used: this stack began with the embedded vector store");
    }
    Path installed = install();
    Files.createDirectories(data);
    return new ProcessSpec(
        List.of("node", "-e", RUN, data.toString(), Integer.toString(port)),
        Map.of(),
        installed,
        Readiness.http(url().resolve("/api/v2/heartbeat"), 300));
  }

  private Path install() throws IOException, InterruptedException {
    byte[] lock = resource("package-lock.json");
    try {
      return cache.entry(
          "chroma",
          lock,
          directory -> {
            Files.write(directory.resolve("package.json"), resource("package.json"));
            Files.write(directory.resolve("package-lock.json"), lock);
            new OneShot(
                    List.of("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"),
                    directory,
                    log)
                .run(Map.of(), Path.of("/dev/null"), Duration.ofMinutes(2));
            if (!Files.isDirectory(directory.resolve("node_modules").resolve(PACKAGE))) {
              throw new ComponentException("no build of Chroma for this platform");
            }
          });
    } catch (IOException | ComponentException e) {
      throw new ComponentException(
          "not available, the embedded vector store is used: " + e.getMessage(), e);
    }
  }

  private static byte[] resource(String name) throws IOException {
    try (InputStream in = ChromaServer.class.getResourceAsStream("chroma/" + name)) {
      if (in == null) {
        throw new IOException("chroma/" + name + " is not in the jar");
      }
      return in.readAllBytes();
    }
  }
}
