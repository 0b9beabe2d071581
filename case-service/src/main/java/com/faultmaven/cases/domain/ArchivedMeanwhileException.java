package com.faultmaven.cases.domain;

/** The rows of a case went into the archive before they could be held. Nothing was changed. */
final class ArchivedMeanwhileException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  ArchivedMeanwhileException(String caseId) {
    super("case " + caseId + " was archived meanwhile", null, false, false);
  }
}
