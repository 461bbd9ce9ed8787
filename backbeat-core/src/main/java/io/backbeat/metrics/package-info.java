/** Counters fed by job events, and the reports computed from them. */
@NullMarked
package io.backbeat.metrics;

import org.jspecify.annotations.NullMarked;
