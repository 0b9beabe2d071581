package com.faultmaven.knowledge.domain.text;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** How documents are cut (specification 5.6); the keys begin with {@code faultmaven.chunking}. */
@ConfigMapping(prefix = "faultmaven.chunking")
public interface ChunkingSettings {
  /** Documents with at most so many characters are one chunk. */
  @WithDefault("2000")
  int smallCharacters();

  /** Most tokens that are embedded for one chunk, 350 to 512: text, header, begin and end. */
  @WithDefault("512")
  int segmentTokens();

  /** Of them kept free for the header: the document's title and the headings above the chunk. */
  @WithDefault("48")
  int headerTokens();

  /** Tokens that a chunk repeats of the one before it; rounded up to a whole word. */
  @WithDefault("50")
  int overlapTokens();
}
