package io.backbeat.testing;

import io.backbeat.api.LocationName;
import io.backbeat.api.ObjectVersion;
import io.backbeat.job.Job;
import io.backbeat.job.JobKey;
import io.backbeat.job.JobType;
import java.time.Instant;

/**
 * A job to be built: {@code aJob().key("photo").at("paris").build()}. Immutable, every setting
 * gives a copy.
 */
public record Jobs(
    JobType type,
    ObjectVersion object,
    LocationName location,
    String revision,
    long bytes,
    int attempt,
    Instant createdAt,
    String payload) {
  /** When jobs are created unless a test says otherwise. */
  public static final Instant CREATED = Instant.parse("2026-11-22T10:00:00Z");

  /** A replication of 100 bytes of {@code bucket/key}, revision 1, to {@code paris}. */
  public static Jobs aJob() {
    return new Jobs(
        JobType.REPLICATION,
        ObjectVersion.unversioned("bucket", "key"),
        LocationName.of("paris"),
        "1",
        100,
        0,
        CREATED,
        "{}");
  }

  /** Of another type. */
  public Jobs type(JobType other) {
    return new Jobs(other, object, location, revision, bytes, attempt, createdAt, payload);
  }

  /** About another object. */
  public Jobs object(ObjectVersion other) {
    return new Jobs(type, other, location, revision, bytes, attempt, createdAt, payload);
  }

  /** About another unversioned key of the same bucket. */
  public Jobs key(String key) {
    return object(ObjectVersion.unversioned(object.bucket(), key));
  }

  /** To another location. */
  public Jobs at(String name) {
    LocationName other = LocationName.of(name);
    return new Jobs(type, object, other, revision, bytes, attempt, createdAt, payload);
  }

  /** Asked for by another client write. */
  public Jobs revision(String other) {
    return new Jobs(type, object, location, other, bytes, attempt, createdAt, payload);
  }

  /** Of another size. */
  public Jobs bytes(long other) {
    return new Jobs(type, object, location, revision, other, attempt, createdAt, payload);
  }

  /** Written by the client at another time. */
  public Jobs created(Instant other) {
    return new Jobs(type, object, location, revision, bytes, attempt, other, payload);
  }

  /** After so many attempts. */
  public Jobs attempt(int other) {
    return new Jobs(type, object, location, revision, bytes, other, createdAt, payload);
  }

  /** With another payload. */
  public Jobs payload(String other) {
    return new Jobs(type, object, location, revision, bytes, attempt, createdAt, other);
  }

  /** The key of the job. */
  public JobKey jobKey() {
    return new JobKey(type, object, location);
  }

  /** The job. */
  public Job build() {
    return new Job(jobKey(), revision, bytes, attempt, createdAt, payload);
  }
}
