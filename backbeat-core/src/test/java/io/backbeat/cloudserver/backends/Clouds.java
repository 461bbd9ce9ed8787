package io.backbeat.cloudserver.backends;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.backbeat.api.ObjectVersion;
import io.backbeat.cloudserver.Backend;
import io.backbeat.cloudserver.BackendReceipt;
import io.backbeat.cloudserver.BucketReplication;
import io.backbeat.cloudserver.CloudServer;
import io.backbeat.cloudserver.CloudServerException;
import io.backbeat.cloudserver.CloudServerException.Kind;
import io.backbeat.cloudserver.DataLocation;
import io.backbeat.cloudserver.DataReceipt;
import io.backbeat.cloudserver.DeleteCondition;
import io.backbeat.cloudserver.ObjectBody;
import io.backbeat.cloudserver.Payload;
import io.backbeat.cloudserver.ReadRange;
import io.backbeat.cloudserver.ReplicaHeaders;
import io.backbeat.cloudserver.UploadedPart;
import io.backbeat.replication.ByteRange;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A CloudServer in memory with clouds behind it: as much of both as transfers see. A test double.
 */
final class Clouds implements CloudServer {
  /** A version in a cloud. */
  record Copy(String versionId, byte[] bytes, ReplicaHeaders headers, Map<String, String> tags) {}

  private record Upload(String place, Map<Integer, byte[]> parts) {}

  /** Decides what goes wrong, before an operation has an effect. */
  @FunctionalInterface
  interface Fault {
    void at(String operation) throws CloudServerException;
  }

  private static final ObjectMapper JSON = new ObjectMapper();

  final Map<ObjectVersion, String> metadata = new ConcurrentHashMap<>();
  final Map<ObjectVersion, byte[]> data = new ConcurrentHashMap<>();
  final Map<String, BucketReplication> buckets = new ConcurrentHashMap<>();
  final Map<String, List<Copy>> copies = new ConcurrentHashMap<>();
  final Map<String, Upload> uploads = new ConcurrentHashMap<>();
  final List<String> calls = new CopyOnWriteArrayList<>();
  private final AtomicInteger ids = new AtomicInteger();
  volatile Fault fault = operation -> {};

  static CloudServerException error(Kind kind, String code) {
    return new CloudServerException(kind, code, 500, code + " on purpose", null, null);
  }

  long count(String operation) {
    return calls.stream().filter(operation::equals).count();
  }

  /** What a cloud has last under the key of a version; fails if there is nothing. */
  Copy last(String location, ObjectVersion object) {
    List<Copy> all = copies.getOrDefault(place(location, object.bucket(), object.key()), List.of());
    return all.get(all.size() - 1);
  }

  List<Copy> all(String location, ObjectVersion object) {
    return copies.getOrDefault(place(location, object.bucket(), object.key()), List.of());
  }

  private static String place(String location, String bucket, String key) {
    return location + ':' + bucket + '/' + key;
  }

  private static String place(Backend backend, String bucket, String key) {
    return place(backend.location().value(), bucket, key);
  }

  private void called(String operation) throws CloudServerException {
    calls.add(operation);
    fault.at(operation);
  }

  static String md5(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(bytes));
    } catch (java.security.NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public Optional<String> metadata(ObjectVersion object) throws CloudServerException {
    called("metadata");
    return Optional.ofNullable(metadata.get(object));
  }

  @Override
  public void putMetadata(ObjectVersion object, String json, boolean dataStays) {
    metadata.put(object, json);
  }

  @Override
  public DataReceipt putData(
      String bucket, String key, String contentMd5, String canonicalId, Payload body) {
    throw new UnsupportedOperationException();
  }

  @Override
  public ObjectBody read(ObjectVersion object, ReadRange range, String location)
      throws CloudServerException {
    called("read");
    byte[] bytes = data.get(object);
    if (bytes == null) {
      throw error(Kind.NOT_FOUND, "NoSuchKey");
    }
    ByteRange run =
        range instanceof ReadRange.Bytes some ? some.range() : ByteRange.whole(bytes.length);
    byte[] part = Arrays.copyOfRange(bytes, (int) run.offset(), (int) run.end());
    String etag = etag(object);
    return new ObjectBody(
        part.length,
        etag,
        new InputStream() {
          private final InputStream all = new ByteArrayInputStream(part);

          @Override
          public int read() throws IOException {
            fault.at("reading");
            return all.read();
          }

          @Override
          public int read(byte[] target, int offset, int length) throws IOException {
            fault.at("reading");
            return all.read(target, offset, Math.min(length, 65_536));
          }
        });
  }

  private String etag(ObjectVersion object) {
    try {
      return JSON.readTree(metadata.get(object)).path("content-md5").asText();
    } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public Optional<BucketReplication> bucketReplication(String bucket) throws CloudServerException {
    called("replication");
    return Optional.ofNullable(buckets.get(bucket));
  }

  /** As the HTTP client does: what the payload throws comes out of the request. */
  private byte[] body(Payload body) throws CloudServerException {
    try (InputStream stream = body.open()) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      stream.transferTo(bytes);
      if (bytes.size() != body.length()) {
        throw error(Kind.FAILED, "IncompleteBody");
      }
      return bytes.toByteArray();
    } catch (CloudServerException e) {
      throw e;
    } catch (IOException e) {
      throw new CloudServerException(Kind.FAILED, "SendFailed", 0, "cannot send", null, e);
    }
  }

  private BackendReceipt store(
      Backend backend, String bucket, String key, byte[] bytes, ReplicaHeaders headers) {
    String versionId = backend.storageType().equals("azure") ? "" : "v" + ids.incrementAndGet();
    copies
        .computeIfAbsent(place(backend, bucket, key), k -> new CopyOnWriteArrayList<>())
        .add(new Copy(versionId, bytes, headers, headers.tags()));
    ObjectNode location = JSON.createObjectNode();
    location.put("key", key).put("dataStoreName", backend.location().value());
    location.put("dataStoreETag", "1:" + md5(bytes)).put("size", bytes.length);
    return new BackendReceipt(versionId, "[" + location + "]");
  }

  @Override
  public BackendReceipt putObject(
      String bucket,
      String key,
      Backend backend,
      ReplicaHeaders headers,
      String contentMd5,
      String canonicalId,
      Payload payload)
      throws CloudServerException {
    called("putObject");
    byte[] bytes = body(payload);
    if (!md5(bytes).equals(contentMd5)) {
      throw error(Kind.BAD_DIGEST, "BadDigest");
    }
    return store(backend, bucket, key, bytes, headers);
  }

  @Override
  public String initiateUpload(String bucket, String key, Backend backend, ReplicaHeaders headers)
      throws CloudServerException {
    called("initiate");
    String id = "upload" + ids.incrementAndGet();
    uploads.put(id, new Upload(place(backend, bucket, key), new ConcurrentHashMap<>()));
    return id;
  }

  private Upload upload(Backend backend, String bucket, String key, String id)
      throws CloudServerException {
    if (backend.storageType().equals("azure")) {
      return uploads.computeIfAbsent(
          id, i -> new Upload(place(backend, bucket, key), new ConcurrentHashMap<>()));
    }
    Upload upload = uploads.get(id);
    if (upload == null || !upload.place.equals(place(backend, bucket, key))) {
      throw error(Kind.NOT_FOUND, "NoSuchUpload");
    }
    return upload;
  }

  @Override
  public UploadedPart putPart(
      String bucket, String key, Backend backend, String uploadId, int number, Payload payload)
      throws CloudServerException {
    called("putPart");
    Upload upload = upload(backend, bucket, key, uploadId);
    byte[] bytes = body(payload);
    upload.parts.put(number, bytes);
    int subParts = backend.storageType().equals("azure") ? 1 : 0;
    return new UploadedPart(number, '"' + md5(bytes) + '"', subParts, bytes.length);
  }

  @Override
  public BackendReceipt completeUpload(
      String bucket,
      String key,
      Backend backend,
      String uploadId,
      List<UploadedPart> parts,
      ReplicaHeaders headers,
      boolean withSizes)
      throws CloudServerException {
    called("complete");
    Upload upload = upload(backend, bucket, key, uploadId);
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    List<Integer> numbers = new ArrayList<>();
    for (UploadedPart part : parts) {
      byte[] bytes = upload.parts.get(part.number());
      if (bytes == null || !part.etag().equals('"' + md5(bytes) + '"')) {
        throw error(Kind.REFUSED, "InvalidPart");
      }
      numbers.add(part.number());
      all.writeBytes(bytes);
    }
    if (!numbers.equals(new ArrayList<>(new TreeMap<>(upload.parts).keySet()))) {
      throw error(Kind.REFUSED, "InvalidPartOrder");
    }
    uploads.remove(uploadId);
    return store(backend, bucket, key, all.toByteArray(), headers);
  }

  @Override
  public void abortUpload(String bucket, String key, Backend backend, String uploadId)
      throws CloudServerException {
    called("abort");
    uploads.remove(uploadId);
  }

  @Override
  public void deleteObject(String bucket, String key, Backend backend) throws CloudServerException {
    called("deleteObject");
    copies.remove(place(backend, bucket, key));
  }

  @Override
  public String putTagging(
      ObjectVersion source, Backend backend, String dataStoreVersionId, Map<String, String> tags)
      throws CloudServerException {
    called("putTagging");
    return tag(source, backend, dataStoreVersionId, tags);
  }

  @Override
  public String deleteTagging(ObjectVersion source, Backend backend, String dataStoreVersionId)
      throws CloudServerException {
    called("deleteTagging");
    return tag(source, backend, dataStoreVersionId, Map.of());
  }

  private String tag(
      ObjectVersion source, Backend backend, String versionId, Map<String, String> tags)
      throws CloudServerException {
    List<Copy> all = copies.getOrDefault(place(backend, source.bucket(), source.key()), List.of());
    for (int i = 0; i < all.size(); i++) {
      Copy copy = all.get(i);
      if (copy.versionId.equals(versionId)) {
        all.set(i, new Copy(versionId, copy.bytes, copy.headers, tags));
        return versionId;
      }
    }
    throw error(Kind.NOT_FOUND, "ObjNotFound");
  }

  @Override
  public boolean batchDelete(
      String bucket, String key, List<DataLocation> locations, DeleteCondition condition) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Optional<Instant> lastModified(String bucket, String key, String locations) {
    return Optional.empty();
  }

  @Override
  public void close() {}

  /** Bytes that differ from each other, always the same ones. */
  static byte[] bytes(int size) {
    byte[] bytes = new byte[size];
    new java.util.Random(size).nextBytes(bytes);
    return bytes;
  }

  static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }
}
