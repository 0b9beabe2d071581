package com.faultmaven.cases.api;

import com.faultmaven.common.model.cases.CaseMessage;
import com.faultmaven.common.web.CursorPage;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** How the API's document describes a {@link CursorPage} of messages. */
@Schema(name = "CursorPageCaseMessage")
record MessagePage(List<CaseMessage> items, @Nullable String nextCursor) {}
