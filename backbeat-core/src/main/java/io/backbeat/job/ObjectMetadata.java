package io.backbeat.job;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * What the engine needs of stored object metadata; everything else in it is skipped. Immutable and
 * thread-safe as long as nobody changes the bytes it was read from.
 *
 * <p>Members that are missing, null or empty give the empty text, false, 0 or an empty {@code
 * Optional}.
 */
public final class ObjectMetadata {
  /** The version id, in both of its forms, of a null version. */
  public static final String NULL_VERSION = "null";

  private final byte[] json;
  private final ObjectMetadataReader fields;

  private ObjectMetadata(byte[] json, ObjectMetadataReader fields) {
    this.json = json;
    this.fields = fields;
  }

  /**
   * Reads metadata.
   *
   * @param json UTF-8; not copied and not to be changed as long as the result is used
   * @throws MalformedMetadataException if it is no JSON object, or a member the engine needs has no
   *     readable value
   */
  public static ObjectMetadata parse(byte[] json) {
    return new ObjectMetadata(json, ObjectMetadataReader.read(json));
  }

  /** Reads metadata from text; as {@link #parse(byte[])}. */
  public static ObjectMetadata parse(String json) {
    return parse(json.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * The same metadata with another revision; all else keeps its form to the letter.
   *
   * @throws MalformedMetadataException if it is no JSON object
   */
  public static String stamp(String json, String revision) {
    return JsonMembers.with(json, "microVersionId", JsonMembers.quote(revision));
  }

  /**
   * The same metadata with another replicationInfo; all else keeps its form to the letter.
   *
   * @throws MalformedMetadataException if it is no JSON object
   */
  public static String withReplicationInfo(String json, ReplicationInfo replicationInfo) {
    return JsonMembers.with(json, "replicationInfo", replicationInfo.toJson());
  }

  /**
   * The same metadata with another operation as its origin; all else keeps its form to the letter.
   *
   * @throws MalformedMetadataException if it is no JSON object
   */
  public static String withOriginOp(String json, String originOp) {
    return JsonMembers.with(json, "originOp", JsonMembers.quote(originOp));
  }

  /**
   * The same metadata as JSON text with other statuses and another operation as its origin; all
   * else, also in its {@code replicationInfo}, keeps its form to the letter.
   *
   * @param statuses tells the global status, and the status and version id of each location; made
   *     from {@link #replicationInfo()}
   */
  public String withStatuses(ReplicationInfo statuses, String originOp) {
    return StatusMembers.write(json, statuses, originOp);
  }

  /** The object key as the metadata tells it. */
  public String key() {
    return fields.key;
  }

  /** The decoded version id; empty when the bucket was not versioned. */
  public String versionId() {
    return fields.versionId;
  }

  /**
   * The version id as clients see it: {@code "null"} for a null version, empty without versioning,
   * else encoded.
   */
  public String encodedVersionId() {
    if (isNull()) {
      return NULL_VERSION;
    }
    return versionId().isEmpty() ? "" : VersionId.encode(versionId());
  }

  /** Whether this is the null version. */
  public boolean isNull() {
    return fields.isNull;
  }

  /** Whether the source bucket is served by NFS. */
  public boolean isNfs() {
    return fields.replicationInfo.isNfs();
  }

  /** Whether this is a delete marker. */
  public boolean isDeleteMarker() {
    return fields.isDeleteMarker;
  }

  /** Content length in bytes. */
  public long contentLength() {
    return fields.contentLength;
  }

  /** MD5 of the content in hex; for a multipart upload {@code <md5>-<parts>}. */
  public String contentMd5() {
    return fields.contentMd5;
  }

  /** When the version was written. Tags, a retention or an ACL leave it as it was. */
  public Optional<Instant> lastModified() {
    return fields.lastModified;
  }

  /**
   * When the last client write happened, as far as the metadata tells: with the version itself, but
   * not of a later change of its metadata alone, of which only the log or a message knows.
   */
  public Optional<Instant> writtenAt() {
    boolean isVersion =
        replicationInfo().includesData() || isDeleteMarker() || contentLength() == 0;
    return isVersion ? lastModified() : Optional.empty();
  }

  /** The location that holds the source data. */
  public String dataStoreName() {
    return fields.dataStoreName;
  }

  /** The key of the first part of the data at its location; empty if there is no data. */
  public String dataStoreKey() {
    return fields.dataStoreKey;
  }

  /** {@code <part number>:<md5>} of the first part of the data; empty if there is no data. */
  public String dataStoreETag() {
    return fields.dataStoreETag;
  }

  /** The tags of the version, in their order. */
  public Map<String, String> tags() {
    return fields.tags;
  }

  /** What identifies the last client write, if the server says so. */
  public String microVersionId() {
    return fields.microVersionId;
  }

  /** The operation that wrote the metadata last. */
  public String originOp() {
    return fields.originOp;
  }

  /** Destinations and their statuses; {@link ReplicationInfo#NONE} if there are none. */
  public ReplicationInfo replicationInfo() {
    return fields.replicationInfo;
  }

  /**
   * Identifies the last client write of the version: {@link #microVersionId()}, or a fingerprint of
   * 32 hex digits over all that clients can write. Statuses written by Backbeat do not change it.
   * Costs a second reading of the JSON without microVersionId.
   */
  public String revision() {
    return fields.microVersionId.isEmpty() ? Revision.of(json) : fields.microVersionId;
  }
}
