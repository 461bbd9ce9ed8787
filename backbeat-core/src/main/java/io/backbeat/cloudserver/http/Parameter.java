package io.backbeat.cloudserver.http;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A parameter of a query, not encoded.
 *
 * @param value empty for one that is only a name
 */
record Parameter(String name, String value) {
  /** Whether it asks for one part of an object. */
  boolean isPart() {
    return name.equals("partNumber");
  }

  /** As it stands behind the question mark; empty for none. */
  static String join(List<Parameter> parameters) {
    return parameters.stream()
        .map(
            p ->
                p.value().isEmpty()
                    ? PercentEncoding.encode(p.name())
                    : PercentEncoding.encode(p.name()) + '=' + PercentEncoding.encode(p.value()))
        .collect(Collectors.joining("&"));
  }
}
