package com.faultmaven.artifact.preprocess.extract.config;

/** Reads one format of configuration. */
interface ConfigReader {
  /**
   * Reads all documents of a text into the tree.
   *
   * @throws ConfigSyntaxException when the text is not in the format; what was read before stays
   */
  void read(String text, TreeBuilder into) throws ConfigSyntaxException;
}
