/** PostgreSQL, S3 and the neighbours, behind the contracts of the domain. */
@NullMarked
package com.faultmaven.artifact.storage;

import org.jspecify.annotations.NullMarked;
