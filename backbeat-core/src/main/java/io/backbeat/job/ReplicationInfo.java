package io.backbeat.job;

import io.backbeat.api.LocationName;
import io.backbeat.api.OverallStatus;
import io.backbeat.api.SiteReplication;
import io.backbeat.api.SiteStatus;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * The member {@code replicationInfo} of stored object metadata, as CloudServer and every version of
 * Backbeat write it.
 *
 * <p>Its global status is not quite {@link OverallStatus#of}: PENDING is what a client write
 * stores, and what makes a populator queue the version. An operation of Backbeat therefore never
 * stores PENDING; while a location is left it stores PROCESSING. See {@link #derive}.
 *
 * @param status the stored global status; empty for an object that is not replicated
 * @param backends one element per destination, each destination once
 * @param content what the write changed: {@code METADATA}, and {@code DATA} if there is any; then
 *     perhaps the operation, such as {@code MPU} or {@code PUT_TAGGING}
 * @param destination ARN of the destination bucket, {@code arn:aws:s3:::bucket}
 * @param storageClass destinations joined with commas, each perhaps with the suffix {@code
 *     :preferred_read}
 * @param role ARN of the source role, for a CloudServer destination followed by a comma and the
 *     destination role
 * @param storageType types of the destinations that are clouds, joined with commas
 * @param dataStoreVersionId version id at the destination, in the form of the times when there was
 *     only one
 * @param nfs whether the source bucket is served by NFS; empty when not said
 */
public record ReplicationInfo(
    Optional<OverallStatus> status,
    List<SiteReplication> backends,
    List<String> content,
    String destination,
    String storageClass,
    String role,
    String storageType,
    String dataStoreVersionId,
    Optional<Boolean> nfs) {
  /** What an object that is not replicated has. */
  public static final ReplicationInfo NONE =
      new ReplicationInfo(
          Optional.empty(), List.of(), List.of(), "", "", "", "", "", Optional.empty());

  /** The {@code originOp} of metadata written for {@link #toCompleted}. */
  public static final String ORIGIN_COMPLETED = "s3:Replication:OperationCompletedReplication";

  /** The {@code originOp} of metadata written for {@link #toFailed}. */
  public static final String ORIGIN_FAILED = "s3:Replication:OperationFailedReplication";

  /** The {@code originOp} of metadata written for {@link #toPending}. */
  public static final String ORIGIN_PENDING = "s3:Replication:OperationPendingReplication";

  /** Behind a destination that reads should prefer. */
  static final String PREFERRED_READ = ":preferred_read";

  private static final String DATA = "DATA";

  /** Copies the lists and checks that no destination is listed twice. */
  public ReplicationInfo {
    Objects.requireNonNull(status, "status");
    backends = List.copyOf(backends);
    content = List.copyOf(content);
    Objects.requireNonNull(destination, "destination");
    Objects.requireNonNull(storageClass, "storageClass");
    Objects.requireNonNull(role, "role");
    Objects.requireNonNull(storageType, "storageType");
    Objects.requireNonNull(dataStoreVersionId, "dataStoreVersionId");
    Objects.requireNonNull(nfs, "nfs");
    for (int i = 1; i < backends.size(); i++) {
      for (int j = 0; j < i; j++) {
        if (backends.get(i).location().equals(backends.get(j).location())) {
          throw new IllegalArgumentException(
              "backends must name a location once, have " + backends.get(i).location() + " twice");
        }
      }
    }
  }

  /**
   * Reads the JSON form. Members that are missing or null have their defaults; unknown members are
   * left out.
   *
   * @throws MalformedMetadataException if it is no JSON object, or a member has no readable value
   */
  public static ReplicationInfo parse(String json) {
    return ReplicationInfoJson.parse(json);
  }

  /** The JSON form with all members, in the order in which CloudServer writes them. */
  public String toJson() {
    return ReplicationInfoJson.write(this);
  }

  /**
   * The stored global status that follows from the locations once Backbeat writes: any FAILED gives
   * FAILED; else any PENDING gives PROCESSING; else COMPLETED, also for no location at all.
   */
  public static OverallStatus derive(Collection<SiteReplication> backends) {
    if (backends.stream().anyMatch(b -> b.status() == SiteStatus.FAILED)) {
      return OverallStatus.FAILED;
    }
    boolean pending = backends.stream().anyMatch(b -> b.status() == SiteStatus.PENDING);
    return pending ? OverallStatus.PROCESSING : OverallStatus.COMPLETED;
  }

  /**
   * The location has the version. A location that is not listed changes nothing but the global
   * status, here and below.
   */
  public ReplicationInfo toCompleted(LocationName site) {
    return derived(with(site, SiteStatus.COMPLETED));
  }

  /** The location failed. The global status is FAILED, whatever the others are. */
  public ReplicationInfo toFailed(LocationName site) {
    return of(OverallStatus.FAILED, with(site, SiteStatus.FAILED), storageClass);
  }

  /** The location is tried again: PROCESSING, or FAILED while another location is. */
  public ReplicationInfo toPending(LocationName site) {
    return derived(with(site, SiteStatus.PENDING));
  }

  /** What a job of its own for one location carries: that location only, PENDING. Never stored. */
  public ReplicationInfo toRetry(LocationName site) {
    List<SiteReplication> only =
        with(site, SiteStatus.PENDING).stream().filter(b -> b.location().equals(site)).toList();
    return of(OverallStatus.PENDING, only, site.value());
  }

  /** What the copy at the location carries. Its bucket is {@link #destinationBucket()}. */
  public ReplicationInfo toReplica(LocationName site) {
    return of(OverallStatus.REPLICA, with(site, SiteStatus.REPLICA), storageClass);
  }

  /**
   * The same with the statuses that are kept elsewhere, and the overall status a reader is to see
   * ({@link OverallStatus#of}, so PENDING while nothing has finished). No statuses: unchanged.
   */
  public ReplicationInfo withCurrent(List<SiteReplication> current) {
    return current.isEmpty()
        ? this
        : of(
            OverallStatus.of(current.stream().map(SiteReplication::status).toList()),
            current,
            storageClass);
  }

  /** The same with the version id that the location gave to its copy. */
  public ReplicationInfo withDataStoreVersionId(LocationName site, String versionId) {
    return new ReplicationInfo(
        status,
        change(site, b -> new SiteReplication(b.location(), b.status(), versionId)),
        content,
        destination,
        storageClass,
        role,
        storageType,
        dataStoreVersionId,
        nfs);
  }

  /** Whether the data is to be copied, not only the metadata. */
  public boolean includesData() {
    return content.contains(DATA);
  }

  /** Whether the source bucket is known to be served by NFS. */
  public boolean isNfs() {
    return nfs.orElse(false);
  }

  /** The part of one location. */
  public Optional<SiteReplication> at(LocationName site) {
    return backends.stream().filter(b -> b.location().equals(site)).findFirst();
  }

  /** The locations of {@link #storageClass()}. */
  public List<LocationName> sites() {
    return Arrays.stream(storageClass.split(","))
        .filter(name -> !name.isEmpty())
        .map(ReplicationInfo::siteOf)
        .toList();
  }

  /** The location that reads should prefer, if {@link #storageClass()} names one. */
  public Optional<LocationName> preferredRead() {
    return Arrays.stream(storageClass.split(","))
        .filter(name -> name.endsWith(PREFERRED_READ))
        .map(ReplicationInfo::siteOf)
        .findFirst();
  }

  /** The destination bucket: what follows the last colon of {@link #destination()}. */
  public String destinationBucket() {
    return destination.substring(destination.lastIndexOf(':') + 1);
  }

  /** A location by its name in metadata, without the suffix of preferred reads. */
  static LocationName siteOf(String name) {
    return LocationName.of(
        name.endsWith(PREFERRED_READ)
            ? name.substring(0, name.length() - PREFERRED_READ.length())
            : name);
  }

  private List<SiteReplication> with(LocationName site, SiteStatus changed) {
    return change(site, b -> new SiteReplication(b.location(), changed, b.dataStoreVersionId()));
  }

  private List<SiteReplication> change(LocationName site, UnaryOperator<SiteReplication> change) {
    return backends.stream().map(b -> b.location().equals(site) ? change.apply(b) : b).toList();
  }

  private ReplicationInfo derived(List<SiteReplication> changed) {
    return of(derive(changed), changed, storageClass);
  }

  private ReplicationInfo of(OverallStatus overall, List<SiteReplication> changed, String sites) {
    return new ReplicationInfo(
        Optional.of(overall),
        changed,
        content,
        destination,
        sites,
        role,
        storageType,
        dataStoreVersionId,
        nfs);
  }
}
