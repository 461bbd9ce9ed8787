package io.backbeat.cloudserver.replicas;

import io.backbeat.api.BackbeatException;
import io.backbeat.api.ObjectVersion;
import io.backbeat.cloudserver.CloudServer;
import io.backbeat.cloudserver.CloudServerException;
import io.backbeat.cloudserver.DataLocation;
import io.backbeat.cloudserver.DataReceipt;
import io.backbeat.cloudserver.DeleteCondition;
import io.backbeat.cloudserver.transfer.SourcePart;
import io.backbeat.job.JobKey;
import io.backbeat.replication.OpenUpload;
import io.backbeat.replication.UploadStore;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Data at a destination that no object refers to yet, remembered so that another attempt goes on
 * with it, or removes it. Kept as an upload whose id tells the bucket and what the data is: equal
 * data of a later write of the version is the same upload.
 *
 * <p>What is removed is compared with the metadata of the destination before: a request whose
 * answer was lost may have been carried out, and then the data is in use. It is set aside before
 * that, under an id by which no attempt goes on with it, unless an attempt has just begun to: so no
 * attempt loses its data, and nothing is forgotten by one that is killed. Thread-safe.
 */
final class CopiedParts {
  private static final Logger LOG = LoggerFactory.getLogger(CopiedParts.class);
  private static final String PREFIX = "data:";
  private static final String ASIDE = "aside-";

  private final UploadStore uploads;

  CopiedParts(UploadStore uploads) {
    this.uploads = uploads;
  }

  /** Where parts were written. */
  @FunctionalInterface
  interface Server {
    /** With the credentials of who wrote them. */
    CloudServer open() throws CloudServerException;
  }

  /** Whether an upload is one of these, and not one that a cloud knows. */
  static boolean isOne(OpenUpload upload) {
    return upload.uploadId().startsWith(PREFIX);
  }

  /** Whether no attempt may go on with the data; it waits for its removal. */
  static boolean isAside(OpenUpload upload) {
    String id = upload.uploadId();
    return id.startsWith(ASIDE, id.lastIndexOf(':') + 1);
  }

  private static String aside(String bucket) {
    return PREFIX + bucket + ':' + ASIDE + UUID.randomUUID();
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

  /** What is remembered under an id. */
  Optional<OpenUpload> find(JobKey job, String id) {
    return of(job).stream().filter(upload -> upload.uploadId().equals(id)).findFirst();
  }

  /** Where the parts of some uploads are. */
  private static Set<String> places(Stream<OpenUpload> uploads) {
    return uploads
        .flatMap(upload -> upload.parts().stream())
        .flatMap(part -> WrittenPart.receipt(part).stream())
        .map(CopiedParts::place)
        .collect(Collectors.toSet());
  }

  private static Set<String> places(Collection<WrittenPart> parts) {
    return parts.stream().map(part -> place(part.receipt())).collect(Collectors.toSet());
  }

  private static String place(DataReceipt receipt) {
    return receipt.dataStoreName() + '/' + receipt.key();
  }

  /**
   * Whether what is remembered is these parts and nothing else. Two attempts may run at once, when
   * a process has lost a job and does not know it yet: each has parts of its own then.
   */
  static boolean isOnly(OpenUpload upload, Collection<WrittenPart> parts) {
    return places(parts).containsAll(places(Stream.of(upload)));
  }

  /** Whether all these parts are remembered still, each as it was written. */
  boolean hasAll(JobKey job, String id, Collection<WrittenPart> parts) {
    return places(find(job, id).stream()).containsAll(places(parts));
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

  /**
   * Remembers what an attempt has written and leaves: for the next one, or aside if that goes on
   * with what another attempt wrote. Durable on return.
   *
   * @param remembered whether the attempt had begun to remember its parts
   */
  void leave(Replica replica, String id, boolean remembered, List<WrittenPart> own, Instant at) {
    if (own.isEmpty()) {
      return;
    }
    Optional<OpenUpload> known = find(replica.job().key(), id);
    Set<String> places = places(known.stream());
    List<WrittenPart> unknown =
        own.stream().filter(part -> !places.contains(place(part.receipt()))).toList();
    if (!unknown.isEmpty()) {
      boolean goesOn = known.isEmpty() && !remembered;
      remember(replica, goesOn ? id : aside(replica.object().bucket()), unknown, at);
    }
  }

  /**
   * Removes a part that could not be remembered. One that may be remembered after all, because the
   * store does not say, is kept: a replica without its data would be worse than data without one.
   */
  void giveUp(Replica replica, String id, WrittenPart part) {
    DataLocation location = location(part.receipt());
    try {
      if (!hasAll(replica.job().key(), id, List.of(part))) {
        replica
            .destination()
            .batchDelete(
                replica.object().bucket(),
                replica.object().key(),
                List.of(location),
                DeleteCondition.NONE);
      }
    } catch (CloudServerException | BackbeatException e) {
      LOG.warn(
          "{}: {} at {} could not be remembered, and cannot be removed: {}",
          replica.job().key(),
          location,
          replica.object().bucket(),
          e.getMessage());
    }
  }

  /**
   * Remembers one more part; durable on return. What another attempt wrote of it is set aside:
   * nobody would know it any more.
   */
  void add(Replica replica, String id, WrittenPart part, Instant at) {
    JobKey job = replica.job().key();
    find(job, id).stream()
        .flatMap(upload -> upload.parts().stream())
        .filter(known -> known.number() == part.part().number())
        .flatMap(known -> WrittenPart.receipt(known).stream())
        .filter(receipt -> !place(receipt).equals(place(part.receipt())))
        .map(receipt -> new WrittenPart(part.part(), receipt))
        .forEach(other -> remember(replica, aside(replica.object().bucket()), List.of(other), at));
    uploads.addPart(job, id, part.remembered(), at);
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
   * Nothing happens if an attempt has touched the upload since it was read.
   *
   * @return whether it is gone
   */
  boolean discard(Server destination, OpenUpload upload, Instant now) {
    String bucket = bucket(upload);
    var source = upload.job().object();
    var replica = new ObjectVersion(bucket, source.key(), source.versionId());
    try {
      Optional<OpenUpload> aside =
          isAside(upload) ? Optional.of(upload) : setAside(upload, bucket, now);
      if (aside.isEmpty()) {
        return false;
      }
      delete(destination.open(), replica, aside.get());
      forget(upload.job(), aside.get().uploadId());
      return true;
    } catch (CloudServerException | BackbeatException e) {
      LOG.warn(
          "{}: {} parts of data at {} are not needed any more and cannot be removed yet: {}",
          upload.job(),
          upload.parts().size(),
          bucket,
          e.getMessage());
      return false;
    }
  }

  /** Empty if an attempt goes on with the upload. */
  private Optional<OpenUpload> setAside(OpenUpload upload, String bucket, Instant now) {
    var aside =
        new OpenUpload(
            upload.job(),
            upload.revision(),
            aside(bucket),
            upload.role(),
            upload.begunAt(),
            now,
            upload.parts());
    if (!aside.parts().isEmpty()) {
      uploads.begin(aside);
    }
    if (uploads.removeUntouched(upload.job(), upload.uploadId(), upload.touchedAt())) {
      return Optional.of(aside);
    }
    forget(upload.job(), aside.uploadId());
    return Optional.empty();
  }

  private void delete(CloudServer destination, ObjectVersion replica, OpenUpload upload)
      throws CloudServerException {
    List<DataReceipt> receipts =
        upload.parts().stream().flatMap(part -> WrittenPart.receipt(part).stream()).toList();
    if (receipts.isEmpty()) {
      return;
    }
    // Whoever set it aside may have been killed before it was taken from where attempts find it.
    // Looked at before the metadata, because it is forgotten after that is written.
    Set<String> goneOnWith = places(of(upload.job()).stream().filter(other -> !isAside(other)));
    Set<String> inUse = inUse(destination, replica);
    List<DataLocation> unused =
        receipts.stream()
            .filter(receipt -> !inUse.contains(receipt.key()))
            .filter(receipt -> !goneOnWith.contains(place(receipt)))
            .map(CopiedParts::location)
            .toList();
    if (!unused.isEmpty()) {
      destination.batchDelete(replica.bucket(), replica.key(), unused, DeleteCondition.NONE);
    }
  }

  private static DataLocation location(DataReceipt receipt) {
    return new DataLocation(receipt.key(), receipt.dataStoreName(), -1, "");
  }

  private static Set<String> inUse(CloudServer destination, ObjectVersion replica)
      throws CloudServerException {
    Set<String> keys = new HashSet<>();
    destination.metadata(replica).map(SourcePart::keys).ifPresent(keys::addAll);
    return keys;
  }
}
