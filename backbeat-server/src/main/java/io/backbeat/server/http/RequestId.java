package io.backbeat.server.http;

import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Ids that tie an answer to the lines it left in the logs. */
final class RequestId {
  /** Ids of the services the request came through, joined by colons, as Scality services send. */
  static final String INCOMING_HEADER = "x-scal-request-uids";

  /** Where the answer carries the id. */
  static final String ANSWER_HEADER = "x-amz-request-id";

  private static final Pattern TRUSTED = Pattern.compile("[A-Za-z0-9_.:-]{1,200}");

  private RequestId() {}

  /** Twenty hexadecimal digits. */
  static String next() {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    HexFormat hex = HexFormat.of();
    return hex.toHexDigits(random.nextLong(), 12) + hex.toHexDigits(random.nextInt());
  }

  /** A new id behind those the request came with, if they are harmless to log. */
  static String continuing(@Nullable String incoming) {
    return Optional.ofNullable(incoming)
        .filter(ids -> TRUSTED.matcher(ids).matches())
        .map(ids -> ids + ':' + next())
        .orElseGet(RequestId::next);
  }
}
