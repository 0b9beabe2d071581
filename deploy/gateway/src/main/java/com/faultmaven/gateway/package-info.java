/** The one door of the system: a streaming reverse proxy, the merged API document, the API page. */
@NullMarked
package com.faultmaven.gateway;

import org.jspecify.annotations.NullMarked;
