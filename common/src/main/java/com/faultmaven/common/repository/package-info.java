/**
 * The storage contracts of specification 6.1: reactive, absence as Optional, conflicts as typed
 * exceptions.
 */
@NullMarked
package com.faultmaven.common.repository;

import org.jspecify.annotations.NullMarked;
