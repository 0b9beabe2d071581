package com.faultmaven.cases.api;

import com.faultmaven.cases.domain.legacy.Refusal;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;

/**
 * Lines of an import's report.
 *
 * @param items in the order in which they were written
 */
@RegisterForReflection(targets = {RefusalItems.class, Refusal.class})
public record RefusalItems(List<Refusal> items) {}
