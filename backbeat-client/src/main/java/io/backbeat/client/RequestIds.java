package io.backbeat.client;

import java.util.concurrent.ThreadLocalRandom;

/** Ids that tie a call to the lines it leaves in the logs of the servers. */
final class RequestIds {
  static final String HEADER = "x-scal-request-uids";

  private RequestIds() {}

  /** Twenty hexadecimal digits. */
  static String next() {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    return String.format("%012x%08x", random.nextLong() >>> 16, random.nextInt());
  }
}
