package io.backbeat.benchmarks.cluster;

import io.backbeat.api.LocationName;
import io.backbeat.api.ObjectVersion;
import io.backbeat.api.ReplicationStatus;
import io.backbeat.api.SiteReplication;
import io.backbeat.api.SiteStatus;
import io.backbeat.job.Job;
import io.backbeat.job.JobKey;
import io.backbeat.job.JobType;
import io.backbeat.job.ObjectMetadata;
import io.backbeat.job.VersionId;
import io.backbeat.status.StatusChange;
import io.backbeat.status.StatusResult;
import io.backbeat.status.StatusStore;
import io.backbeat.status.TrackedStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Versions that are PENDING at some locations, with metadata of {@value #BYTES} bytes each, and a
 * status store in memory that knows them and keeps them PENDING. Immutable, thread-safe.
 */
final class Entries implements StatusStore {
  static final int BYTES = 1024;

  private static final String DOCUMENT =
      """
      {"owner-display-name":"Bart","owner-id":"79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be",\
      "content-length":1024,"content-type":"application/octet-stream","content-md5":"5eb63bbbe01eeed093cb22bb8f5acdc3",\
      "key":"%s","location":[{"key":"0f2e0a4e9a9dd0f7d0f0c5cbbd8f1a2b3c4d5e6f","size":1024,"start":0,\
      "dataStoreName":"us-east-1"}],"isDeleteMarker":false,"replicationInfo":{"status":"PENDING","backends":[%s],\
      "content":["METADATA"],"destination":"arn:aws:s3:::bucket","storageClass":"%s",\
      "role":"arn:aws:iam::root:role/s3-replication-role","storageType":""},"originOp":"s3:ObjectCreated:Put",\
      "last-modified":"2026-11-22T10:47:43.673Z","md-model-version":6,"microVersionId":"%s","versionId":"%s",\
      "x-amz-meta-pad":"%s"}""";

  private final List<LocationName> locations;
  private final List<Job> first;
  private final Map<ObjectVersion, TrackedStatus> known;

  /**
   * Versions of some keys.
   *
   * @param count how many
   * @param keys of how many keys: jobs of one key wait for each other
   */
  Entries(int count, int keys, List<LocationName> locations) {
    this.locations = List.copyOf(locations);
    this.first = new ArrayList<>(count);
    this.known = new HashMap<>(2 * count);
    for (int i = 0; i < count; i++) {
      Job job = job(i, keys);
      first.add(job);
      known.put(
          job.object(),
          new TrackedStatus(
              job.revision(),
              new ReplicationStatus(
                  job.object(),
                  locations.stream()
                      .map(l -> new SiteReplication(l, SiteStatus.PENDING, ""))
                      .toList())));
    }
  }

  private Entries(
      List<LocationName> locations, List<Job> first, Map<ObjectVersion, TrackedStatus> known) {
    this.locations = locations;
    this.first = first;
    this.known = known;
  }

  /** The same versions, of which only some locations are looked after. */
  Entries at(List<LocationName> some) {
    return new Entries(List.copyOf(some), first, known);
  }

  private Job job(int i, int keys) {
    String key = "folder/object-" + i % keys;
    String versionId = versionId(i);
    String document = document(key, versionId, String.format(Locale.ROOT, "%024x", i), locations);
    ObjectMetadata read = ObjectMetadata.parse(document);
    return new Job(
        new JobKey(
            JobType.REPLICATION,
            new ObjectVersion("bucket", key, VersionId.encode(versionId)),
            locations.get(0)),
        read.revision(),
        read.replicationInfo().includesData() ? read.contentLength() : 0,
        0,
        Instant.parse("2026-11-22T10:47:43.673Z"),
        document);
  }

  static String versionId(int i) {
    return String.format(Locale.ROOT, "98204655%012dRG001  ", 999_999_999_999L - i);
  }

  static String document(
      String key, String versionId, String revision, List<LocationName> locations) {
    String backends =
        locations.stream()
            .map(l -> "{\"site\":\"" + l + "\",\"status\":\"PENDING\",\"dataStoreVersionId\":\"\"}")
            .collect(Collectors.joining(","));
    String sites = locations.stream().map(LocationName::value).collect(Collectors.joining(","));
    String without = DOCUMENT.formatted(key, backends, sites, revision, versionId, "");
    return DOCUMENT.formatted(
        key,
        backends,
        sites,
        revision,
        versionId,
        "x".repeat(Math.max(0, BYTES - without.length())));
  }

  List<LocationName> locations() {
    return locations;
  }

  int count() {
    return first.size();
  }

  /** The jobs of entries, those of one entry behind each other: they become one record. */
  List<Job> jobs(int from, int to) {
    List<Job> jobs = new ArrayList<>();
    for (Job job : first.subList(from, to)) {
      for (LocationName location : locations) {
        jobs.add(
            new Job(
                new JobKey(JobType.REPLICATION, job.object(), location),
                job.revision(),
                job.bytes(),
                0,
                job.createdAt(),
                job.payload()));
      }
    }
    return jobs;
  }

  @Override
  public Map<ObjectVersion, TrackedStatus> find(Collection<ObjectVersion> objects) {
    Map<ObjectVersion, TrackedStatus> found = new HashMap<>();
    for (ObjectVersion object : objects) {
      TrackedStatus status = known.get(object);
      if (status != null) {
        found.put(object, status);
      }
    }
    return found;
  }

  @Override
  public List<StatusResult> apply(List<StatusChange> changes) {
    throw new UnsupportedOperationException("whoever settles does not write statuses here");
  }
}
