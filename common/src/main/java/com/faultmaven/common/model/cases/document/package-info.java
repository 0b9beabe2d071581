/**
 * What the JSONB columns of a case hold (specification 3.2: "embed what you don't query"). A column
 * is stored as the JSON that was sent; these records say which of its fields are known and what
 * they may hold. Fields that no record knows are kept.
 */
@NullMarked
package com.faultmaven.common.model.cases.document;

import org.jspecify.annotations.NullMarked;
