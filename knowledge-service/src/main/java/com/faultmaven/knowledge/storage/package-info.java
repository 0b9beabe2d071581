/** PostgreSQL, Chroma and the embedded vector store behind the contracts. */
@NullMarked
package com.faultmaven.knowledge.storage;

import org.jspecify.annotations.NullMarked;
