package com.faultmaven.artifact.preprocess.extract.config;

/** A text is not in the format that it was read as; the message says where and what. */
final class ConfigSyntaxException extends Exception {
  private static final long serialVersionUID = 1L;

  ConfigSyntaxException(String message) {
    super(message);
  }
}
