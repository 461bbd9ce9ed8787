package io.backbeat.cloudserver.http;

import io.backbeat.api.ObjectVersion;
import io.backbeat.cloudserver.Backend;
import io.backbeat.cloudserver.BackendReceipt;
import io.backbeat.cloudserver.BucketIndexes;
import io.backbeat.cloudserver.BucketReplication;
import io.backbeat.cloudserver.CloudServer;
import io.backbeat.cloudserver.CloudServerException;
import io.backbeat.cloudserver.CloudServerException.Kind;
import io.backbeat.cloudserver.DataLocation;
import io.backbeat.cloudserver.DataReceipt;
import io.backbeat.cloudserver.DeleteCondition;
import io.backbeat.cloudserver.LifecycleRoutes;
import io.backbeat.cloudserver.ObjectBody;
import io.backbeat.cloudserver.ObjectHead;
import io.backbeat.cloudserver.Payload;
import io.backbeat.cloudserver.ReadRange;
import io.backbeat.cloudserver.ReplicaHeaders;
import io.backbeat.cloudserver.UploadedPart;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * CloudServer over HTTP/1.1. Thread-safe; keep one per set of servers, as it has the connections.
 *
 * <p>Bodies of objects are streamed in both directions through buffers of a few hundred kilobytes,
 * whatever their size. What did not reach the server is sent again up to twice, the first time at
 * once where there is another host; what may have reached it only if that does no harm (reads,
 * deletions, parts, tags). Writes of metadata and of whole objects are not: whoever asked for them
 * has to look again first.
 */
public final class CloudServerClient implements CloudServer {
  private static final String ENCRYPTION = "x-amz-server-side-encryption";

  private final Requests requests;

  private CloudServerClient(Requests requests) {
    this.requests = requests;
  }

  /**
   * Opens a client. Does not connect yet.
   *
   * @throws IllegalStateException if what the signatures need is not on the class path; names what
   *     to add
   */
  public static CloudServerClient open(CloudServerOptions options) {
    if (options.signature() == SignatureVersion.V4) {
      Needed.require(
          "software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner", "http-auth-aws");
    }
    return new CloudServerClient(new Requests(Transport.open(options), options.credentials()));
  }

  /**
   * The same servers in the name of another account or role, over the same connections. Cheap.
   * Closing one closes all.
   */
  public CloudServerClient as(CredentialsProvider other) {
    return new CloudServerClient(new Requests(requests.transport(), other));
  }

  /** The routes of lifecycle, over the same connections. */
  public LifecycleRoutes lifecycle() {
    return new HttpLifecycle(requests);
  }

  /** The routes of indexes, over the same connections. */
  public BucketIndexes indexes() {
    return new HttpIndexes(requests);
  }

  @Override
  public Optional<String> metadata(ObjectVersion object) throws CloudServerException {
    return requests.find(Routes.metadata(object), Answers::metadata);
  }

  @Override
  public void putMetadata(ObjectVersion object, String metadata, boolean dataStays)
      throws CloudServerException {
    requests.send(Routes.putMetadata(object, metadata, dataStays));
  }

  @Override
  public DataReceipt putData(
      String bucket, String key, String contentMd5, String canonicalId, Payload body)
      throws CloudServerException {
    Call call = Routes.putData(bucket, key, contentMd5, canonicalId, body);
    return requests.read(
        call,
        requests.send(call),
        answer -> Answers.data(answer.bytes(), headers(answer, ENCRYPTION)));
  }

  @Override
  public ObjectBody read(ObjectVersion object, ReadRange range, String location)
      throws CloudServerException {
    Call call = Routes.read(object, range, location);
    Answer answer = requests.send(call);
    if (answer.content() instanceof Answer.Running running) {
      long length = answer.headers().firstValueAsLong("Content-Length").orElse(-1);
      if (length >= 0) {
        return new ObjectBody(length, etag(answer), running.stream());
      }
      running.stream().close();
    }
    throw Errors.unreadable(call.toString(), new IllegalArgumentException("no Content-Length"));
  }

  /** What the server says of an object without its data; empty if there is no such version. */
  public Optional<ObjectHead> head(ObjectVersion object) throws CloudServerException {
    return head(object, Optional.empty());
  }

  /**
   * The same, but only of an object that was not written since.
   *
   * @throws CloudServerException with {@link Kind#PRECONDITION_FAILED} if it was
   */
  public Optional<ObjectHead> head(ObjectVersion object, Optional<Instant> unmodifiedSince)
      throws CloudServerException {
    Call call = Routes.head(object, unmodifiedSince);
    try {
      return Optional.of(requests.read(call, requests.send(call), CloudServerClient::head));
    } catch (CloudServerException e) {
      if (e.kind() == Kind.NOT_FOUND) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /** Whether the bucket makes a version of every write. */
  public boolean versioned(String bucket) throws CloudServerException {
    return requests.ask(Routes.bucket(bucket, "versioning"), Answers::versioned);
  }

  @Override
  public Optional<BucketReplication> bucketReplication(String bucket) throws CloudServerException {
    try {
      return Optional.of(requests.ask(Routes.bucket(bucket, "replication"), Answers::replication));
    } catch (CloudServerException e) {
      if (e.code().equals("ReplicationConfigurationNotFoundError")) {
        return Optional.empty();
      }
      throw e;
    }
  }

  @Override
  public BackendReceipt putObject(
      String bucket,
      String key,
      Backend backend,
      ReplicaHeaders headers,
      String contentMd5,
      String canonicalId,
      Payload body)
      throws CloudServerException {
    return requests.ask(
        BackendRoutes.putObject(bucket, key, backend, headers, contentMd5, canonicalId, body),
        Answers::backend);
  }

  @Override
  public String initiateUpload(String bucket, String key, Backend backend, ReplicaHeaders headers)
      throws CloudServerException {
    return requests.ask(
        BackendRoutes.initiateUpload(bucket, key, backend, headers), Answers::uploadId);
  }

  @Override
  public UploadedPart putPart(
      String bucket, String key, Backend backend, String uploadId, int number, Payload body)
      throws CloudServerException {
    return requests.ask(
        BackendRoutes.putPart(bucket, key, backend, uploadId, number, body),
        answer -> Answers.part(answer, number, body.length()));
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
    return requests.ask(
        BackendRoutes.completeUpload(bucket, key, backend, uploadId, parts, headers, withSizes),
        Answers::backend);
  }

  @Override
  public void abortUpload(String bucket, String key, Backend backend, String uploadId)
      throws CloudServerException {
    requests.remove(BackendRoutes.abortUpload(bucket, key, backend, uploadId));
  }

  @Override
  public void deleteObject(String bucket, String key, Backend backend) throws CloudServerException {
    requests.remove(BackendRoutes.deleteObject(bucket, key, backend));
  }

  @Override
  public String putTagging(
      ObjectVersion source, Backend backend, String dataStoreVersionId, Map<String, String> tags)
      throws CloudServerException {
    return requests.ask(
        BackendRoutes.putTagging(source, backend, dataStoreVersionId, tags), Answers::versionId);
  }

  @Override
  public String deleteTagging(ObjectVersion source, Backend backend, String dataStoreVersionId)
      throws CloudServerException {
    return requests.ask(
        BackendRoutes.deleteTagging(source, backend, dataStoreVersionId), Answers::versionId);
  }

  @Override
  public boolean batchDelete(
      String bucket, String key, List<DataLocation> locations, DeleteCondition condition)
      throws CloudServerException {
    try {
      requests.remove(Routes.batchDelete(bucket, key, locations, condition));
      return true;
    } catch (CloudServerException e) {
      if (e.kind() == Kind.PRECONDITION_FAILED) {
        return false;
      }
      throw e;
    }
  }

  @Override
  public Optional<Instant> lastModified(String bucket, String key, String locations)
      throws CloudServerException {
    return requests
        .find(Routes.lastModified(bucket, key, locations), Answers::lastModified)
        .flatMap(date -> date);
  }

  private static ObjectHead head(Answer answer) {
    return new ObjectHead(
        answer.headers().firstValueAsLong("Content-Length").orElse(0),
        etag(answer),
        answer.header("x-amz-version-id"),
        Answers.date(answer.header("Last-Modified")),
        headers(answer, ""));
  }

  private static String etag(Answer answer) {
    return LifecycleCalls.unquoted(answer.header("ETag"));
  }

  private static Map<String, String> headers(Answer answer, String prefix) {
    Map<String, String> chosen = new TreeMap<>();
    answer
        .headers()
        .map()
        .forEach(
            (name, values) -> {
              String lower = name.toLowerCase(Locale.ROOT);
              if (lower.startsWith(prefix)) {
                chosen.put(lower, String.join(",", values));
              }
            });
    return chosen;
  }

  /** Of all clients that share the connections. New requests are refused. */
  @Override
  public void close() {
    requests.transport().close();
  }
}
