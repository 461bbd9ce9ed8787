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

  /** What to tell when nothing is known of a version. */
  RefusalException unknown(ObjectVersion object) {
    return new RefusalException(
        "nothing is known of "
            + object
            + (versionId != null ? "" : "; of a bucket with versions, give --version-id ID"));
  }

  boolean given() {
    return versionId != null;
  }

  ObjectVersion of(ObjectVersion object) {
    return versionId == null ? object : new ObjectVersion(object.bucket(), object.key(), versionId);
  }
}
