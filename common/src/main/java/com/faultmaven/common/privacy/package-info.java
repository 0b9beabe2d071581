/**
 * Redaction: personal data and secrets are replaced before a text is stored outside the raw object,
 * embedded, published or sent to a model (preprocessing, section "Redact").
 */
@NullMarked
package com.faultmaven.common.privacy;

import org.jspecify.annotations.NullMarked;
