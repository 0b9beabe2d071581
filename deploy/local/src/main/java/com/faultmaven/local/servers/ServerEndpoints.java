package com.faultmaven.local.servers;

import com.faultmaven.local.process.JsonFile;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Where the backing servers are and how to log in. It holds every password: it is written to files
 * that only their owner reads, and never logged.
 *
 * @param kafkaBootstrap {@code host:port}
 * @param redisUrl {@code redis://:password@host:port}
 * @param chromaUrl absent where Chroma cannot run; the embedded vector store is used then
 */
public record ServerEndpoints(
    Postgres postgres, String kafkaBootstrap, String redisUrl, S3 s3, @Nullable URI chromaUrl) {

  /** Name of the environment variable with the path of a file written by {@link #write}. */
  public static final String VARIABLE = "FAULTMAVEN_TEST_SERVERS";

  /** The PostgreSQL cluster and its superuser, who may create databases and roles. */
  public record Postgres(String host, int port, String superuser, String password) {

    /** JDBC address of one of its databases. */
    public String jdbcUrl(String database) {
      return "jdbc:postgresql://" + host + ":" + port + "/" + database;
    }

    @Override
    public String toString() {
      return superuser + "@" + host + ":" + port;
    }
  }

  /** The S3 server, its one account and a bucket that exists. */
  public record S3(URI endpoint, String accessKey, String secretKey, String bucket) {
    @Override
    public String toString() {
      return bucket + "@" + endpoint;
    }
  }

  /** The endpoints kept in that file. */
  public static ServerEndpoints read(Path file) throws IOException {
    return new JsonFile(file).read(ServerEndpoints.class);
  }

  /** Keeps the endpoints in a file of mode 600. */
  public void write(Path file) throws IOException {
    new JsonFile(file).write(this);
  }

  @Override
  public String toString() {
    return "ServerEndpoints[" + postgres + ", kafka " + kafkaBootstrap + ", " + s3 + "]";
  }
}
