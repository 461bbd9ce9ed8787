package io.backbeat.api;

/**
 * Work per second, averaged over the last 15 minutes. On the wire both are texts with two decimals.
 *
 * @param operationsPerSecond finished operations per second
 * @param bytesPerSecond bytes of finished operations per second
 */
public record Throughput(double operationsPerSecond, double bytesPerSecond) {}
