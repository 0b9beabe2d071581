package com.faultmaven.common.job;

import java.util.List;

/**
 * The jobs of the service.
 *
 * @param items by name
 */
public record JobList(List<JobStatus> items) {}
