/** Workflows: what a management layer configures, and how buckets are made to follow. */
@NullMarked
package io.backbeat.workflow;

import org.jspecify.annotations.NullMarked;
