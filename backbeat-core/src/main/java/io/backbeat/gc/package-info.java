/** Removes source data that is no longer needed. */
@NullMarked
package io.backbeat.gc;

import org.jspecify.annotations.NullMarked;
