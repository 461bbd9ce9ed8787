package io.backbeat.cloudserver.http;

import java.time.Instant;
import java.util.Map;

/** A way to sign requests. Pure: the time is an argument. */
@FunctionalInterface
interface Signer {
  /** The headers to add, the signature among them. */
  Map<String, String> sign(Unsigned request, Credentials credentials, Instant now);
}
