package com.faultmaven.common.model.artifact;

import com.faultmaven.common.model.WireName;

/** How much of a file is processed and kept (preprocessing.md, four processing choices). */
public enum ProcessingMode implements WireName {
  PREVIEW_NO_CACHE,
  OVERVIEW_CACHED,
  FULL_CACHED,
  TARGETED_SEARCH
}
