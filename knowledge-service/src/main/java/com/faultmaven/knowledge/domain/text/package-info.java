/** Texts as the model reads them: words, tokens, chunks and passages (specification 5.6). */
@NullMarked
package com.faultmaven.knowledge.domain.text;

import org.jspecify.annotations.NullMarked;
