/** Tests of the packaged system: every service, the gateway and the servers behind them. */
@NullMarked
package com.faultmaven.e2e;

import org.jspecify.annotations.NullMarked;
