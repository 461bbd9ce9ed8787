/**
 * Moves object data between stores: the {@link io.backbeat.replication.ObjectStore} SPI, and the
 * handler of replication jobs.
 */
@NullMarked
package io.backbeat.replication;

import org.jspecify.annotations.NullMarked;
