package io.backbeat.testing.cloudserver;

import java.io.IOException;
import java.time.Clock;

/** What the handlers of routes share. */
record Server(
    Buckets buckets,
    Versions versions,
    DataStores stores,
    Replications replications,
    Signatures signatures,
    Faults faults,
    RequestLog log,
    KeyLayout newBuckets,
    Clock clock) {
  /** Answers the requests of some routes. */
  interface Handler {
    void handle(Request request) throws IOException;
  }
}
