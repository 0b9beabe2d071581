/** Images and PDFs: what is written in them (preprocessing.md, visual_evidence). */
@NullMarked
package com.faultmaven.artifact.preprocess.extract.visual;

import org.jspecify.annotations.NullMarked;
