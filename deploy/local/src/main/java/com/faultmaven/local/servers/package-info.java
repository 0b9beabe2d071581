/** The backing servers, real ones, each as a child process on the loopback interface. */
@NullMarked
package com.faultmaven.local.servers;

import org.jspecify.annotations.NullMarked;
