package io.backbeat.testing.cloudserver;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Map;

/** A version of an object in a cloud. Immutable, but that its bytes go when it is deleted. */
public final class CloudObject {
  private final String key;
  private final String versionId;
  private final Blob blob;
  private final Map<String, String> headers;
  private final Map<String, String> userMetadata;
  private final Map<String, String> tags;
  private final Instant lastModified;
  private final boolean deleteMarker;

  CloudObject(
      String key,
      String versionId,
      Blob blob,
      Map<String, String> headers,
      Map<String, String> userMetadata,
      Map<String, String> tags,
      Instant lastModified,
      boolean deleteMarker) {
    this.key = key;
    this.versionId = versionId;
    this.blob = blob;
    this.headers = Map.copyOf(headers);
    this.userMetadata = Map.copyOf(userMetadata);
    this.tags = Map.copyOf(tags);
    this.lastModified = lastModified;
    this.deleteMarker = deleteMarker;
  }

  CloudObject withTags(Map<String, String> other) {
    return new CloudObject(
        key, versionId, blob, headers, userMetadata, other, lastModified, deleteMarker);
  }

  /** Under which the cloud has it: {@code <bucket>/<key>}. */
  public String key() {
    return key;
  }

  /** Empty in a cloud without versions. */
  public String versionId() {
    return versionId;
  }

  /** In bytes. */
  public long size() {
    return blob.size();
  }

  /** As the cloud says it: the MD5, or that of the parts with their number. */
  public String etag() {
    return blob.md5();
  }

  /** All bytes; of small objects. */
  public byte[] bytes() {
    try (InputStream in = blob.open()) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The MD5 of all bytes, hexadecimal, however they came. */
  public String contentMd5() {
    try (InputStream in = blob.open()) {
      var digest = Digests.md5();
      byte[] buffer = new byte[64 << 10];
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        digest.update(buffer, 0, count);
      }
      return Digests.hex(digest.digest());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** {@code content-type}, {@code cache-control} and so on, those that were given. */
  public Map<String, String> headers() {
    return headers;
  }

  /** Without the prefix {@code x-amz-meta-}. */
  public Map<String, String> userMetadata() {
    return userMetadata;
  }

  /** Its tags. */
  public Map<String, String> tags() {
    return tags;
  }

  /** When it was written. */
  public Instant lastModified() {
    return lastModified;
  }

  /** Whether it says that the key is deleted. */
  public boolean isDeleteMarker() {
    return deleteMarker;
  }

  Blob blob() {
    return blob;
  }
}
