package com.faultmaven.common.privacy;

/** Characters from {@code start} up to, not including, {@code end} that must not be kept. */
record Finding(int start, int end, FindingType type) {}
