package io.backbeat.cloudserver;

import io.backbeat.api.BackbeatException;
import io.backbeat.api.ErrorCode;
import io.backbeat.api.ObjectVersion;
import io.backbeat.job.ObjectMetadata;
import io.backbeat.log.MetadataSource;
import io.backbeat.status.StatusChange;
import io.backbeat.status.StatusDecision;
import io.backbeat.status.StatusResult;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads one version, decides, and writes it back, with nothing in between that takes time. For one
 * version at a time; thread-safe.
 */
final class StatusWrite {
  private static final Logger LOG = LoggerFactory.getLogger(StatusWrite.class);

  /** A client's write is over as soon as it has begun to be seen; more rounds mean a fault. */
  private static final int MAX_ROUNDS = 20;

  private final MetadataClients clients;
  private final CloudServerMetadata metadata;
  private final Optional<MetadataSource> guard;
  private final boolean verify;

  StatusWrite(MetadataClients clients, Optional<MetadataSource> guard, boolean verify) {
    this.clients = clients;
    this.metadata = new CloudServerMetadata(clients);
    this.guard = guard;
    this.verify = verify;
  }

  /** The metadata of a version; empty if there is none that can be read. */
  Optional<ObjectMetadata> read(ObjectVersion object) {
    return metadata.find(object).flatMap(json -> parse(object, json));
  }

  private static Optional<ObjectMetadata> parse(ObjectVersion object, String json) {
    try {
      return Optional.of(ObjectMetadata.parse(json));
    } catch (IllegalArgumentException e) {
      LOG.warn("the metadata of {} cannot be read, it has no status: {}", object, e.getMessage());
      return Optional.empty();
    }
  }

  /** Makes the changes, all with one write. Durable on return. */
  List<StatusResult> apply(ObjectVersion object, List<StatusChange> changes) {
    for (int round = 0; round < MAX_ROUNDS; round++) {
      Optional<ObjectMetadata> current = read(object);
      StatusDecision decision =
          current
              .map(found -> StatusDecision.of(found, changes))
              .orElseGet(() -> StatusDecision.unknown(changes));
      if (current.isEmpty() || decision.edit().isEmpty()) {
        return decision.results();
      }
      if (isCurrent(object, current.get())) {
        return write(object, current.get(), decision.edit().get())
            ? decision.results()
            : StatusDecision.unknown(changes).results();
      }
    }
    throw new BackbeatException(
        ErrorCode.INTERNAL_ERROR,
        object
            + " differs between CloudServer and its database, or was written by others "
            + MAX_ROUNDS
            + " times while its status was to be written");
  }

  /** Whether the version is what the decision was made on, as far as the guard knows. */
  private boolean isCurrent(ObjectVersion object, ObjectMetadata decided) {
    if (guard.isEmpty()) {
      return true;
    }
    return guard
        .get()
        .find(object)
        .flatMap(json -> parse(object, json))
        .filter(now -> now.revision().equals(decided.revision()))
        .filter(now -> now.replicationInfo().equals(decided.replicationInfo()))
        .isPresent();
  }

  /**
   * Writes with {@code x-scal-replication-content: METADATA}: the server keeps the place of the
   * data that it has, so no data is ever deleted by this, and a version that was deleted meanwhile
   * is not made again.
   *
   * @return whether the version is still there
   */
  private boolean write(ObjectVersion object, ObjectMetadata read, StatusDecision.Edit edit) {
    String json = read.withStatuses(edit.replicationInfo(), edit.originOp());
    boolean there =
        RouteErrors.unlessGone(
                "write the metadata of " + object,
                () -> {
                  clients.of(object).putMetadata(object, json, true);
                  return true;
                })
            .isPresent();
    if (there && verify && isOverwrittenInPlace(object)) {
      check(object, read);
    }
    return there;
  }

  private static boolean isOverwrittenInPlace(ObjectVersion object) {
    return object.versionId().isEmpty() || object.versionId().equals(ObjectMetadata.NULL_VERSION);
  }

  /** Too late to mend it: what the client wrote is known to nobody any more. */
  private void check(ObjectVersion object, ObjectMetadata read) {
    read(object)
        .filter(now -> now.contentMd5().equals(read.contentMd5()))
        .filter(now -> !now.dataStoreKey().equals(read.dataStoreKey()))
        .ifPresent(
            now ->
                LOG.error(
                    "{} was overwritten by a client while its status was written: its metadata is"
                        + " that of before, its data (\"{}\") is new. Write the object again. Use"
                        + " versioning, or statuses in MongoDB, where this cannot happen",
                    object,
                    now.dataStoreKey()));
  }
}
