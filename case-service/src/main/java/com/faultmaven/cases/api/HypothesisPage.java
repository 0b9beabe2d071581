package com.faultmaven.cases.api;

import com.faultmaven.common.model.cases.Hypothesis;
import com.faultmaven.common.web.Page;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** How the API's document describes a {@link Page} of hypotheses. */
@Schema(name = "PageHypothesis")
record HypothesisPage(List<Hypothesis> items, long total, int limit, int offset) {}
