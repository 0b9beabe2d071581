package com.faultmaven.common.testing;

import com.faultmaven.common.id.Ids;
import com.faultmaven.local.servers.BackingServers;
import com.faultmaven.local.servers.ServerEndpoints;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * Configures a service under test for real servers: a database of its own with the two roles,
 * topics of its own, Redis, S3, Chroma, and the keys of {@link TestTokens}.
 *
 * <p>The servers are those that {@code ./faultmaven test} started once for the whole run; without
 * them they are started for this JVM. With {@code -Dfaultmaven.test.servers=containers} they are
 * containers.
 */
public final class ServersResource implements QuarkusTestResourceLifecycleManager {
  private static final String PASSWORD = "only-for-tests";

  private @Nullable String database;
  private @Nullable Path vectors;

  @Override
  public Map<String, String> start() {
    try {
      ServerEndpoints servers =
          "containers".equals(System.getProperty("faultmaven.test.servers"))
              ? Containers.shared()
              : BackingServers.forTests();
      String stem = stem();
      String unique = Ids.next().substring(24);
      database = stem + "_" + unique + "_db";
      createDatabase(servers.postgres(), stem, database);
      vectors = Files.createTempDirectory("faultmaven-vectors-");
      return settings(servers, stem, unique);
    } catch (IOException | SQLException e) {
      throw new IllegalStateException("no servers for this test: " + e.getMessage(), e);
    }
  }

  @Override
  public void stop() {
    // The servers and the database end with the run; a dropped database would break connections
    // that the service closes a moment later.
    database = null;
    vectors = null;
  }

  private Map<String, String> settings(ServerEndpoints servers, String stem, String unique)
      throws IOException {
    Map<String, String> settings = new HashMap<>();
    settings.put("faultmaven.db.host", servers.postgres().host());
    settings.put("faultmaven.db.port", Integer.toString(servers.postgres().port()));
    settings.put("faultmaven.db.name", String.valueOf(database));
    settings.put("faultmaven.db.user", stem + "_service");
    settings.put("faultmaven.db.password", PASSWORD);
    settings.put("faultmaven.db.owner-user", stem + "_owner");
    settings.put("faultmaven.db.owner-password", PASSWORD);
    settings.put("kafka.bootstrap.servers", servers.kafkaBootstrap());
    settings.put("faultmaven.events.topic-prefix", "test-" + unique);
    settings.put("faultmaven.redis.url", servers.redisUrl());
    settings.put("faultmaven.s3.endpoint", servers.s3().endpoint().toString());
    settings.put("faultmaven.s3.access-key", servers.s3().accessKey());
    settings.put("faultmaven.s3.secret-key", servers.s3().secretKey());
    settings.put("faultmaven.s3.bucket", servers.s3().bucket());
    settings.put("faultmaven.vector.dir", String.valueOf(vectors));
    if (servers.chromaUrl() != null) {
      settings.put("faultmaven.chroma.url", servers.chromaUrl().toString());
    }
    byte[] key = new byte[32];
    new SecureRandom().nextBytes(key);
    settings.put("faultmaven.encryption-key", Base64.getEncoder().encodeToString(key));
    String port = Integer.toString(freePort());
    settings.put("quarkus.http.test-port", port);
    String self = "http://127.0.0.1:" + port;
    settings.put(
        "faultmaven.user-service.url", stem.equals("auth") ? self : TestTokens.issuerUrl());
    return settings;
  }

  private static String stem() throws IOException {
    Properties properties = new Properties();
    try (InputStream in =
        Thread.currentThread()
            .getContextClassLoader()
            .getResourceAsStream("application.properties")) {
      if (in == null) {
        throw new IOException("the module has no application.properties");
      }
      properties.load(in);
    }
    return properties.getProperty("faultmaven.db.name", "common_db").replace("_db", "");
  }

  private static void createDatabase(
      ServerEndpoints.Postgres postgres, String stem, String database) throws SQLException {
    try (Connection connection =
            DriverManager.getConnection(
                postgres.jdbcUrl("postgres"), postgres.superuser(), postgres.password());
        Statement statement = connection.createStatement()) {
      for (String role : new String[] {stem + "_owner", stem + "_service"}) {
        statement.execute(
            """
            DO $$ BEGIN
              PERFORM pg_advisory_xact_lock(7);
              IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '%1$s') THEN
                CREATE ROLE %1$s LOGIN;
              END IF;
              ALTER ROLE %1$s PASSWORD '%2$s';
            END $$
            """
                .formatted(role, PASSWORD));
      }
      statement.execute("CREATE DATABASE %s OWNER %s_owner".formatted(database, stem));
      statement.execute(
          "REVOKE ALL ON DATABASE %1$s FROM PUBLIC; GRANT CONNECT ON DATABASE %1$s TO %2$s_service"
              .formatted(database, stem));
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
