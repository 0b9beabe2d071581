package com.faultmaven.knowledge.domain;

/** Said after a commit that left documents to be indexed or removed. */
public record DocumentsWaiting() {}
