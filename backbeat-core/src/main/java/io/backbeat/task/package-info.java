/** What an embedder writes to run jobs, and when a job is tried again. */
@NullMarked
package io.backbeat.task;

import org.jspecify.annotations.NullMarked;
