package io.backbeat.cloudserver;

import io.backbeat.api.LocationName;
import java.util.Objects;

/**
 * A cloud that CloudServer writes to on our behalf.
 *
 * @param location its name, {@code X-Scal-Storage-Class}
 * @param storageType {@code X-Scal-Storage-Type}: {@code aws_s3}, {@code azure} or {@code gcp}, or
 *     a comma list that includes it
 */
public record Backend(LocationName location, String storageType) {
  /** Checks that nothing is null. */
  public Backend {
    Objects.requireNonNull(location, "location");
    Objects.requireNonNull(storageType, "storageType");
  }
}
