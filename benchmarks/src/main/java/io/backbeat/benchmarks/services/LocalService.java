package io.backbeat.benchmarks.services;

/**
 * A service that runs.
 *
 * @param name what it is, with its version if that is known
 * @param place where clients find it
 * @param stop ends it
 */
record LocalService(String name, String place, Runnable stop) {}
