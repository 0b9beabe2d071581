package com.faultmaven.user.domain;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.Map;

/**
 * Versions of the key that encrypts secrets at rest; the keys begin with {@code
 * faultmaven.at-rest}. The key itself is {@code faultmaven.encryption-key}.
 */
@ConfigMapping(prefix = "faultmaven.at-rest")
public interface EncryptionSettings {
  /** Name of {@code faultmaven.encryption-key}; give a new key a new name. */
  @WithDefault("1")
  String keyId();

  /** Keys of the past by name, each Base64 of 32 bytes, for what was encrypted with them. */
  Map<String, String> previousKeys();
}
