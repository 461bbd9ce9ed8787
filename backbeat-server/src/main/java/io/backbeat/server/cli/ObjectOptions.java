package io.backbeat.server.cli;

import io.backbeat.api.ObjectVersion;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which version of an object. */
final class ObjectOptions {
  @Option(
      names = "--version-id",
      paramLabel = "ID",
      description = "which version, as S3 shows it; default: that of a bucket without versioning")
  private @Nullable String versionId;

  boolean given() {
    return versionId != null;
  }

  ObjectVersion of(ObjectVersion object) {
    return versionId == null ? object : new ObjectVersion(object.bucket(), object.key(), versionId);
  }
}
