package io.backbeat.cloudserver;

import io.backbeat.api.ObjectVersion;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One CloudServer: its internal routes below {@code /_/backbeat/}, and the plain S3 calls that
 * replication makes. Thread-safe; nothing is kept in memory whole but metadata.
 *
 * <p>Every method throws {@link CloudServerException} with the kind that fits. Requests that may be
 * repeated without harm are repeated by themselves a few times within a second or two when the
 * connection breaks; anything longer is the caller's business. An interrupted thread ends its
 * request with a {@link java.io.InterruptedIOException} as the cause.
 */
public interface CloudServer extends AutoCloseable {
  /** The metadata of a version as JSON text; empty if there is no such version. */
  Optional<String> metadata(ObjectVersion object) throws CloudServerException;

  /**
   * Writes the whole metadata of a version. Durable on return. Without any condition: whoever read
   * it before may overwrite what others wrote since.
   *
   * @param dataStays whether the data of the stored object stays as it is ({@code
   *     x-scal-replication-content: METADATA}); then the object must exist. If not, and the
   *     locations differ, the server deletes the data of the old ones
   */
  void putMetadata(ObjectVersion object, String metadata, boolean dataStays)
      throws CloudServerException;

  /**
   * Stores data that no object refers to yet ({@code data?v2}).
   *
   * @param contentMd5 hexadecimal, of the body
   * @param canonicalId of the owner of the object to be
   */
  DataReceipt putData(
      String bucket, String key, String contentMd5, String canonicalId, Payload body)
      throws CloudServerException;

  /**
   * Reads an object by the S3 API.
   *
   * @param location read from there, {@code x-amz-location-constraint}; empty for the usual way
   */
  ObjectBody read(ObjectVersion object, ReadRange range, String location)
      throws CloudServerException;

  /** The replication configuration of a bucket; empty if it has none. */
  Optional<BucketReplication> bucketReplication(String bucket) throws CloudServerException;

  /**
   * Writes an object to a cloud with one request.
   *
   * @param contentMd5 hexadecimal, of the body
   * @param canonicalId of the owner
   */
  BackendReceipt putObject(
      String bucket,
      String key,
      Backend backend,
      ReplicaHeaders headers,
      String contentMd5,
      String canonicalId,
      Payload body)
      throws CloudServerException;

  /** Begins an upload in parts and gives its id. */
  String initiateUpload(String bucket, String key, Backend backend, ReplicaHeaders headers)
      throws CloudServerException;

  /**
   * Uploads a part; a repeated one replaces the one before.
   *
   * @param number from 1
   */
  UploadedPart putPart(
      String bucket, String key, Backend backend, String uploadId, int number, Payload body)
      throws CloudServerException;

  /**
   * Makes an object of the parts.
   *
   * @param parts in order
   * @param withSizes whether the sizes of the parts are told, as for transitions
   */
  BackendReceipt completeUpload(
      String bucket,
      String key,
      Backend backend,
      String uploadId,
      List<UploadedPart> parts,
      ReplicaHeaders headers,
      boolean withSizes)
      throws CloudServerException;

  /** Ends an upload and removes its parts; an upload that is unknown is no error. */
  void abortUpload(String bucket, String key, Backend backend, String uploadId)
      throws CloudServerException;

  /** Removes the key in a cloud; one that is not there is no error. */
  void deleteObject(String bucket, String key, Backend backend) throws CloudServerException;

  /**
   * Sets the tags of an object in a cloud.
   *
   * @param source the version it is a copy of
   * @param dataStoreVersionId its version id in the cloud; empty to let the server look it up
   * @return the version id in the cloud; may be empty
   */
  String putTagging(
      ObjectVersion source, Backend backend, String dataStoreVersionId, Map<String, String> tags)
      throws CloudServerException;

  /** Removes the tags of an object in a cloud; otherwise as {@link #putTagging}. */
  String deleteTagging(ObjectVersion source, Backend backend, String dataStoreVersionId)
      throws CloudServerException;

  /**
   * Deletes data; what is not there is no error.
   *
   * @return false if the condition does not hold, and nothing was deleted
   */
  boolean batchDelete(
      String bucket, String key, List<DataLocation> locations, DeleteCondition condition)
      throws CloudServerException;

  /**
   * When the data at locations was last modified.
   *
   * @param locations the array as JSON text
   */
  Optional<Instant> lastModified(String bucket, String key, String locations)
      throws CloudServerException;

  /** Releases connections. Idempotent. Running calls may fail. */
  @Override
  void close();
}
