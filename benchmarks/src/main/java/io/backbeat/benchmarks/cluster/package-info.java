/**
 * Load drivers of the cluster profile on real services; run by hand, by {@code benchmarks/cluster}.
 */
@NullMarked
package io.backbeat.benchmarks.cluster;

import org.jspecify.annotations.NullMarked;
