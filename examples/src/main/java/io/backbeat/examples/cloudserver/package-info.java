/** An engine beside a CloudServer, on Kafka, MongoDB, Redis and ZooKeeper. */
@NullMarked
package io.backbeat.examples.cloudserver;

import org.jspecify.annotations.NullMarked;
