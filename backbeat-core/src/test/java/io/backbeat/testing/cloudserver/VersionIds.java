package io.backbeat.testing.cloudserver;

import io.backbeat.job.VersionId;
import java.util.Optional;

/** Version ids as clients send them. */
final class VersionIds {
  static final String NULL = "null";

  private VersionIds() {}

  /**
   * Decodes a parameter.
   *
   * @return empty without one; {@link #NULL} for the null version
   * @throws StandInException InvalidArgument for one that is malformed ("routes used, general")
   */
  static Optional<String> fromQuery(String parameter) {
    if (parameter.isEmpty()) {
      return Optional.empty();
    }
    if (parameter.equals(NULL)) {
      return Optional.of(NULL);
    }
    try {
      return Optional.of(VersionId.decode(parameter));
    } catch (IllegalArgumentException e) {
      throw StandInException.of("InvalidArgument");
    }
  }
}
