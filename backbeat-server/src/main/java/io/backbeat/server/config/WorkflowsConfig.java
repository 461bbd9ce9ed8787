package io.backbeat.server.config;

import io.backbeat.s3.S3Endpoint;
import java.util.Objects;

/**
 * The object servers whose buckets follow the workflows.
 *
 * @param replication gets replication rules
 * @param lifecycle gets lifecycle rules; usually the same
 */
public record WorkflowsConfig(S3Endpoint replication, S3Endpoint lifecycle) {
  /** Checks that nothing is null. */
  public WorkflowsConfig {
    Objects.requireNonNull(replication, "replication");
    Objects.requireNonNull(lifecycle, "lifecycle");
  }
}
