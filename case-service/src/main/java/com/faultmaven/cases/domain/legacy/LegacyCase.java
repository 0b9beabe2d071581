package com.faultmaven.cases.domain.legacy;

import com.faultmaven.common.model.cases.Case;

/**
 * A case of the previous layout in the form of the model.
 *
 * @param value the case with all its rows, version 0
 * @param fingerprint SHA-256 of what it says, in hexadecimal digits: the same for the same content,
 *     in whichever form it was kept
 */
public record LegacyCase(Case value, String fingerprint) {}
