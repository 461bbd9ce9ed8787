package io.backbeat.testing.cloudserver;

import java.util.Objects;

/**
 * A location of the configuration of a CloudServer.
 *
 * @param name for example {@code us-east-1}
 * @param type what is behind it
 */
public record Location(String name, Type type) {
  /** What can be behind a location. */
  public enum Type {
    /** CloudServer's own data store. */
    LOCAL(""),
    /** Amazon S3. Keeps versions. */
    AWS_S3("aws_s3"),
    /** Azure. Keeps no versions; a write replaces. */
    AZURE("azure"),
    /** Google Cloud Storage. Keeps versions. */
    GCP("gcp"),
    /** Another CloudServer, which only Backbeat talks to. */
    SCALITY("");

    private final String storageType;

    Type(String storageType) {
      this.storageType = storageType;
    }

    /** As it stands in {@code storageType} and {@code X-Scal-Storage-Type}; empty if no cloud. */
    public String storageType() {
      return storageType;
    }

    boolean isCloud() {
      return !storageType.isEmpty();
    }
  }

  /** Checks that nothing is null. */
  public Location {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(type, "type");
  }
}
