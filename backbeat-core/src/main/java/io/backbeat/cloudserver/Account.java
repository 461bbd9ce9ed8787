package io.backbeat.cloudserver;

import java.util.Objects;

/**
 * An account as the owner of objects.
 *
 * @param id twelve digits, as in the ARNs of its roles
 * @param canonicalId who owns an object, as its metadata says
 * @param displayName the name beside it
 */
public record Account(String id, String canonicalId, String displayName) {
  /** Checks that nothing is null. */
  public Account {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(canonicalId, "canonicalId");
    Objects.requireNonNull(displayName, "displayName");
  }
}
