/**
 * Job queues on Kafka, with the topics, messages and consumer groups of the original Backbeat, so
 * that processes of both can share them. Needs the artifact {@code org.apache.kafka:kafka-clients}.
 */
@NullMarked
package io.backbeat.kafka;

import org.jspecify.annotations.NullMarked;
