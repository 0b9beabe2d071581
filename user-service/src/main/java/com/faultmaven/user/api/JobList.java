package com.faultmaven.user.api;

import com.faultmaven.common.job.JobStatus;
import java.util.List;

/**
 * The jobs of the service.
 *
 * @param items by name
 */
public record JobList(List<JobStatus> items) {}
