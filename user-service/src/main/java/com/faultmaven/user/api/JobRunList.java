package com.faultmaven.user.api;

import com.faultmaven.common.job.JobRun;
import java.util.List;

/**
 * Runs of a job.
 *
 * @param items newest first
 */
public record JobRunList(List<JobRun> items) {}
