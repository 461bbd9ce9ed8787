/**
 * Long work on many operations at once: finding versions that have lost their jobs, resyncs, and
 * retries of many failures.
 */
@NullMarked
package io.backbeat.bulk;

import org.jspecify.annotations.NullMarked;
