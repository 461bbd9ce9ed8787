package io.backbeat.server.cli;

import io.backbeat.api.BackbeatException;
import io.backbeat.api.ErrorCode;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.util.Optional;

/**
 * An error of a call, as its user is told.
 *
 * @param status how the program ends
 * @param message one line that says what to try
 */
record ServerError(int status, String message) {
  static ServerError of(BackbeatException error, URI server) {
    Optional<Throwable> origin = origin(error);
    String text = String.valueOf(error.getMessage());
    if (origin.filter(ServerError::noConnection).isPresent()) {
      return new ServerError(
          ExitStatus.CANNOT_RUN,
          "cannot connect to "
              + server
              + origin
                  .flatMap(e -> Optional.ofNullable(e.getMessage()))
                  .map(m -> ": " + m)
                  .orElse("")
              + "; is the server running there? Another address: --url URL or BACKBEAT_URL");
    }
    if (origin.filter(HttpTimeoutException.class::isInstance).isPresent()) {
      return new ServerError(ExitStatus.CANNOT_RUN, text + "; for longer: --timeout 2m");
    }
    if (origin.isPresent()) {
      boolean unreadable = !(origin.get() instanceof IOException);
      return new ServerError(
          ExitStatus.CANNOT_RUN,
          unreadable ? text + "; is " + server + " a Backbeat server?" : text);
    }
    return new ServerError(ExitStatus.REFUSED, text + advice(error.code(), server));
  }

  private static String advice(ErrorCode code, URI server) {
    return switch (code) {
      case ACCESS_DENIED ->
          "; the server answers only addresses on its allow list, server.healthChecks.allowFrom in its"
              + " configuration";
      case ROUTE_NOT_FOUND, METHOD_NOT_ALLOWED ->
          "; is " + server + " a Backbeat server, of this version? Another address: --url URL";
      default -> "";
    };
  }

  private static boolean noConnection(Throwable error) {
    return error instanceof ConnectException || error instanceof HttpConnectTimeoutException;
  }

  /** What was thrown before anybody made a {@link BackbeatException} of it. */
  private static Optional<Throwable> origin(Throwable error) {
    Throwable cause = error.getCause();
    while (cause instanceof BackbeatException) {
      cause = cause.getCause();
    }
    return Optional.ofNullable(cause);
  }
}
