package io.backbeat.cloudserver;

import io.backbeat.api.BackbeatException;
import io.backbeat.api.ErrorCode;
import java.util.Optional;

/** Errors of the metadata routes, as stores tell them. */
final class RouteErrors {
  private RouteErrors() {}

  /** A call of the metadata routes. */
  @FunctionalInterface
  interface Call<T> {
    T make() throws CloudServerException;
  }

  /**
   * Makes a call.
   *
   * @param what names the object and what is done to it
   * @return empty if there is no such object, version or bucket
   * @throws BackbeatException INTERNAL_ERROR for whatever else went wrong: the caller is to try
   *     again, because nobody else will
   */
  static <T> Optional<T> unlessGone(String what, Call<T> call) {
    try {
      return Optional.of(call.make());
    } catch (CloudServerException e) {
      if (e.kind() == CloudServerException.Kind.NOT_FOUND) {
        return Optional.empty();
      }
      throw new BackbeatException(ErrorCode.INTERNAL_ERROR, message(what, e), e);
    }
  }

  private static String message(String what, CloudServerException e) {
    return switch (e.kind()) {
      case ACCESS_DENIED ->
          "CloudServer does not let this account "
              + what
              + "; it must be allowed s3:ReplicateObject: "
              + e.getMessage();
      case UNAVAILABLE, FAILED -> "CloudServer does not answer: " + what + ": " + e.getMessage();
      default -> "CloudServer refused to " + what + ": " + e.getMessage();
    };
  }
}
