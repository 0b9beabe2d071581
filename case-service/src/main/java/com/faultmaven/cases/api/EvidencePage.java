package com.faultmaven.cases.api;

import com.faultmaven.common.model.cases.Evidence;
import com.faultmaven.common.web.CursorPage;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** How the API's document describes a {@link CursorPage} of evidence. */
@Schema(name = "CursorPageEvidence")
record EvidencePage(List<Evidence> items, @Nullable String nextCursor) {}
