/** Turns the metadata log into queued jobs: read, plan, queue, save the position. */
@NullMarked
package io.backbeat.populator;

import org.jspecify.annotations.NullMarked;
