package io.backbeat.cloudserver.replicas;

import io.backbeat.api.BackbeatException;
import io.backbeat.api.ObjectVersion;
import io.backbeat.cloudserver.CloudServer;
import io.backbeat.cloudserver.CloudServerException;
import io.backbeat.cloudserver.DataLocation;
import io.backbeat.cloudserver.DataReceipt;
import io.backbeat.cloudserver.DeleteCondition;
import io.backbeat.job.JobKey;
import io.backbeat.replication.OpenUpload;
import io.backbeat.replication.UploadStore;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Data at a destination that no object refers to yet, remembered so that another attempt goes on
 * with it, or removes it. Kept as an upload whose id tells the bucket and what the data is: equal
 * data of a later write of the version is the same upload.
 *
 * <p>What is removed is compared with the metadata of the destination before: a request whose
 * answer was lost may have been carried out, and then the data is in use. Thread-safe.
 */
final class CopiedParts {
  private static final Logger LOG = LoggerFactory.getLogger(CopiedParts.class);
  private static final String PREFIX = "data:";

  private final UploadStore uploads;

  CopiedParts(UploadStore uploads) {
    this.uploads = uploads;
  }

  /** Whether an upload is one of these, and not one that a cloud knows. */
  static boolean isOne(OpenUpload upload) {
    return upload.uploadId().startsWith(PREFIX);
  }

  /** The bucket at the destination. */
  static String bucket(OpenUpload upload) {
    String rest = upload.uploadId().substring(PREFIX.length());
    return rest.substring(0, rest.lastIndexOf(':'));
  }

  /** What names the data of a version at a destination. */
  static String id(String bucket, List<SourcePart> parts) {
    String content =
        parts.stream()
            .map(part -> part.number() + ":" + part.md5() + ":" + part.size())
            .collect(Collectors.joining(","));
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(content.getBytes(StandardCharsets.UTF_8));
      return PREFIX + bucket + ':' + HexFormat.of().formatHex(hash, 0, 16);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JVM has SHA-256", e);
    }
  }

  /** What earlier attempts left behind. */
  List<OpenUpload> of(JobKey job) {
    return uploads.find(job).stream().filter(CopiedParts::isOne).toList();
  }

  /** The parts of an upload that the destination has, as far as they are those of the source. */
  static Map<Integer, WrittenPart> written(OpenUpload upload, List<SourcePart> parts) {
    Map<Integer, OpenUpload.Part> remembered = new HashMap<>();
    upload.parts().forEach(part -> remembered.put(part.number(), part));
    Map<Integer, WrittenPart> written = new HashMap<>();
    for (SourcePart part : parts) {
      OpenUpload.Part known = remembered.get(part.number());
      if (known != null && known.size() == part.size()) {
        WrittenPart.receipt(known)
            .ifPresent(receipt -> written.put(part.number(), new WrittenPart(part, receipt)));
      }
    }
    return written;
  }

  /** Remembers that data is about to be written, or was; durable on return. */
  void remember(Replica replica, String id, List<WrittenPart> parts, Instant at) {
    uploads.begin(
        new OpenUpload(
            replica.job().key(),
            replica.job().revision(),
            id,
            replica.role(),
            at,
            at,
            parts.stream().map(WrittenPart::remembered).toList()));
  }

  /** Remembers one more part; durable on return. */
  void add(Replica replica, String id, WrittenPart part, Instant at) {
    uploads.addPart(replica.job().key(), id, part.remembered(), at);
  }

  /** Remembers that an attempt goes on with the data. */
  void touch(OpenUpload upload, Instant at) {
    uploads.touch(upload.job(), upload.uploadId(), at);
  }

  /** Forgets data that an object refers to now. */
  void forget(JobKey job, String id) {
    uploads.remove(job, id);
  }

  /**
   * Removes data that no object refers to, and forgets it; what cannot be removed stays remembered.
   *
   * @return whether it is gone
   */
  boolean discard(AttemptEnded.Request<CloudServer> destination, OpenUpload upload) {
    String bucket = bucket(upload);
    var source = upload.job().object();
    var replica = new ObjectVersion(bucket, source.key(), source.versionId());
    List<DataReceipt> receipts =
        upload.parts().stream().flatMap(part -> WrittenPart.receipt(part).stream()).toList();
    try {
      delete(destination.send(), replica, receipts);
      uploads.remove(upload.job(), upload.uploadId());
      return true;
    } catch (CloudServerException | BackbeatException e) {
      LOG.warn(
          "{}: {} parts of data at {} are not needed any more and cannot be removed yet: {}",
          upload.job(),
          receipts.size(),
          bucket,
          e.getMessage());
      return false;
    }
  }

  private static void delete(
      CloudServer destination, ObjectVersion replica, List<DataReceipt> receipts)
      throws CloudServerException {
    if (receipts.isEmpty()) {
      return;
    }
    Set<String> inUse = inUse(destination, replica);
    List<DataLocation> unused = new ArrayList<>();
    for (DataReceipt receipt : receipts) {
      if (!inUse.contains(receipt.key())) {
        unused.add(new DataLocation(receipt.key(), receipt.dataStoreName(), -1, ""));
      }
    }
    if (!unused.isEmpty()) {
      destination.batchDelete(replica.bucket(), replica.key(), unused, DeleteCondition.NONE);
    }
  }

  private static Set<String> inUse(CloudServer destination, ObjectVersion replica)
      throws CloudServerException {
    Set<String> keys = new HashSet<>();
    destination
        .metadata(replica)
        .ifPresent(
            metadata ->
                SourcePart.locations(metadata)
                    .forEach(location -> keys.add(location.path("key").asText(""))));
    return keys;
  }
}
