/**
 * Load drivers of replication through CloudServer, against the stand-in of the tests. Bounded in
 * count and in time; figures are printed with the load of the machine.
 */
@NullMarked
package io.backbeat.benchmarks.cloudserver;

import org.jspecify.annotations.NullMarked;
