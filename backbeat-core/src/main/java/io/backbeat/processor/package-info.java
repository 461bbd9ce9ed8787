/** Runs the jobs of the queues: receive, run, settle, commit; one owner thread per queue. */
@NullMarked
package io.backbeat.processor;

import org.jspecify.annotations.NullMarked;
