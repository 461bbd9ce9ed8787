/**
 * Meters kept by the client library of Prometheus. Needs the artifacts {@code
 * prometheus-metrics-core}, {@code prometheus-metrics-exposition-textformats} and, for the meters
 * of the JVM, {@code prometheus-metrics-instrumentation-jvm} of {@code io.prometheus}.
 */
@NullMarked
package io.backbeat.prometheus;

import org.jspecify.annotations.NullMarked;
