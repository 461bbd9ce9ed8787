package io.backbeat.log;

import io.backbeat.api.ObjectVersion;
import java.util.Objects;

/** A client write, to be appended to a {@link MetadataJournal}. */
public sealed interface MetadataChange {
  /** The version that was written. */
  ObjectVersion object();

  /**
   * Created or changed.
   *
   * @param object the version
   * @param metadata the metadata as JSON text in CloudServer's form, with its {@code
   *     replicationInfo}
   */
  record Put(ObjectVersion object, String metadata) implements MetadataChange {
    /** Checks that nothing is null. */
    public Put {
      Objects.requireNonNull(object, "object");
      Objects.requireNonNull(metadata, "metadata");
    }
  }

  /**
   * Removed; statuses and ledger entries of the version go with it.
   *
   * @param object the version
   */
  record Delete(ObjectVersion object) implements MetadataChange {
    /** Checks that the version is not null. */
    public Delete {
      Objects.requireNonNull(object, "object");
    }
  }
}
