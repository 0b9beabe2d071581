package com.faultmaven.common.job;

/** The connection that held a run's lock is gone, so that another replica may run the job. */
final class JobLockLostException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  JobLockLostException(String message) {
    super(message);
  }
}
