package com.faultmaven.common.privacy;

import java.util.Map;

/**
 * A text without its personal data and secrets.
 *
 * @param text the text, each finding replaced by its tag
 * @param counts findings by type ({@code email}, {@code password}, …), never a value; in the order
 *     of the types' names
 * @param piiDetected whether personal data was found
 * @param secretsDetected whether a secret was found
 */
public record Redaction(
    String text, Map<String, Integer> counts, boolean piiDetected, boolean secretsDetected) {}
