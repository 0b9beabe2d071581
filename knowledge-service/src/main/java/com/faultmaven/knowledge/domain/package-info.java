/**
 * Knowledge bases and what is asked of them: documents, indexing, search and answers (specification
 * 5).
 */
@NullMarked
package com.faultmaven.knowledge.domain;

import org.jspecify.annotations.NullMarked;
