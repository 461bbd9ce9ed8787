/**
 * The cluster profile: Kafka, MongoDB, Redis and ZooKeeper together are the stores of an engine.
 */
@NullMarked
package io.backbeat.server.cluster;

import org.jspecify.annotations.NullMarked;
