package com.faultmaven.common.job;

import java.util.List;

/**
 * Runs of a job.
 *
 * @param items newest first
 */
public record JobRunList(List<JobRun> items) {}
