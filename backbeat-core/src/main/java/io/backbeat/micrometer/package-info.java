/**
 * Meters kept by a Micrometer registry of the embedder's. Needs the artifact {@code
 * io.micrometer:micrometer-core}, and {@code org.apache.kafka:kafka-clients} for the meters of
 * Kafka clients.
 */
@NullMarked
package io.backbeat.micrometer;

import org.jspecify.annotations.NullMarked;
