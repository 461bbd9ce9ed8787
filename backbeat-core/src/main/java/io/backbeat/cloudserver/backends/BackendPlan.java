package io.backbeat.cloudserver.backends;

import io.backbeat.api.SiteReplication;
import io.backbeat.api.SiteStatus;
import io.backbeat.cloudserver.Backend;
import io.backbeat.job.ObjectMetadata;
import io.backbeat.job.ReplicationInfo;
import io.backbeat.replication.ByteRange;
import io.backbeat.replication.MultipartPlan;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What is to be done so that a cloud has a version as the source has it now. */
sealed interface BackendPlan {
  /** The version is a delete marker: remove the key. */
  record DeleteObject() implements BackendPlan {}

  /**
   * The cloud has it already.
   *
   * @param dataStoreVersionId as the cloud calls its copy
   */
  record Nothing(String dataStoreVersionId) implements BackendPlan {}

  /** The data is there; give it these tags, or take its tags away if there are none. */
  record Tags(String dataStoreVersionId, Map<String, String> tags) implements BackendPlan {
    public Tags {
      tags = Map.copyOf(tags);
    }
  }

  /** The data has to be written. */
  record Write(WriteMode mode) implements BackendPlan {}

  /** How data is written. */
  sealed interface WriteMode {}

  /** With one request. */
  record Whole() implements WriteMode {}

  /**
   * In parts.
   *
   * @param ranges at least one; the only one of an empty object is empty
   */
  record Parts(List<ByteRange> ranges) implements WriteMode {
    public Parts {
      ranges = List.copyOf(ranges);
    }
  }

  /**
   * Decides.
   *
   * @param current the current metadata of the version
   * @param multipartThreshold from so many bytes on it is written in parts
   */
  static BackendPlan of(ObjectMetadata current, Backend backend, long multipartThreshold) {
    if (current.isDeleteMarker()) {
      return new DeleteObject();
    }
    ReplicationInfo info = current.replicationInfo();
    Optional<SiteReplication> site = info.at(backend.location());
    String copy = site.map(SiteReplication::dataStoreVersionId).orElse("");
    boolean completed = site.filter(s -> s.status() == SiteStatus.COMPLETED).isPresent();
    if (completed && info.includesData()) {
      return new Nothing(copy);
    }
    // The version id of the copy is stored when the copy is complete, and stays in the metadata
    // when a client changes tags, retention or legal hold afterwards.
    if (!info.includesData() && !copy.isEmpty()) {
      Optional<BackendPlan> tags = tagsOnly(info, copy, current.tags());
      if (tags.isPresent()) {
        return tags.get();
      }
    }
    return new Write(writeMode(current, backend, multipartThreshold));
  }

  /**
   * What a change of metadata alone leaves to do. Tags are all of it that a copy shows: the routes
   * do not carry retention and legal hold. Those still bring the tags up to date, because their
   * write replaces the record of a change of tags that was not replicated yet.
   */
  private static Optional<BackendPlan> tagsOnly(
      ReplicationInfo info, String copy, Map<String, String> tags) {
    if (info.content().contains("DELETE_TAGGING")) {
      return Optional.of(new Tags(copy, Map.of()));
    }
    boolean known =
        info.content().contains("PUT_TAGGING")
            || info.content().contains("PUT_RETENTION")
            || info.content().contains("PUT_LEGAL_HOLD");
    return known ? Optional.of(new Tags(copy, tags)) : Optional.empty();
  }

  /** Whether data is written whole or in parts, and in which. */
  static WriteMode writeMode(ObjectMetadata current, Backend backend, long multipartThreshold) {
    long length = current.contentLength();
    if (length < multipartThreshold && !current.contentMd5().contains("-")) {
      return new Whole();
    }
    return new Parts(
        backend.storageType().equals("gcp")
            ? MultipartPlan.partsForGcp(length)
            : MultipartPlan.parts(length));
  }
}
