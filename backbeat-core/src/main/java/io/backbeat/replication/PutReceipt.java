package io.backbeat.replication;

import java.util.Objects;

/**
 * What a store says about an object it has taken.
 *
 * @param versionId the version id it gave to the object; empty if it has no versions
 */
public record PutReceipt(String versionId) {
  /** Of a store without versions. */
  public static final PutReceipt WITHOUT_VERSION = new PutReceipt("");

  /** Checks that the id is not null. */
  public PutReceipt {
    Objects.requireNonNull(versionId, "versionId");
  }
}
