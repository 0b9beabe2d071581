package com.faultmaven.common.s3;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

/** Where raw bytes are kept; the keys begin with {@code faultmaven.s3}. */
@ConfigMapping(prefix = "faultmaven.s3")
public interface S3Settings {
  /** Address of the server; AWS itself when not set. */
  Optional<String> endpoint();

  /** The bucket's region. */
  @WithDefault("us-east-1")
  String region();

  /** The bucket; it must exist. */
  @WithDefault("faultmaven-artifacts")
  String bucket();

  /** {@code static} for the two keys below, {@code default} for what the platform provides. */
  @WithDefault("static")
  String credentials();

  /** Access key. */
  Optional<String> accessKey();

  /** Secret key. */
  Optional<String> secretKey();

  /**
   * Whether objects are stored with server-side encryption (AES-256). On in production; servers for
   * development refuse it.
   */
  @WithDefault("false")
  boolean serverSideEncryption();

  /** How long a presigned address works. */
  @WithDefault("PT5M")
  Duration presignedFor();
}
