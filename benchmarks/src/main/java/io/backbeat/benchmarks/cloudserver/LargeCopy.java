package io.backbeat.benchmarks.cloudserver;

import io.backbeat.api.ObjectVersion;
import io.backbeat.cloudserver.backends.CloudTransfers;
import io.backbeat.cloudserver.backends.MultipleBackendHandler;
import io.backbeat.cloudserver.backends.TransferOptions;
import io.backbeat.cloudserver.http.CloudServerClient;
import io.backbeat.job.Job;
import io.backbeat.job.JobKey;
import io.backbeat.job.JobType;
import io.backbeat.job.ObjectMetadata;
import io.backbeat.memory.InMemoryUploadStore;
import io.backbeat.task.JobContext;
import io.backbeat.task.TaskOutcome;
import io.backbeat.testing.cloudserver.Account;
import io.backbeat.testing.cloudserver.S3Clients;
import io.backbeat.testing.cloudserver.StandInProcess;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;

/**
 * One large object, brought to a cloud in parts by the replication handler, against a plain copy by
 * {@code java.net.http}: one GET streamed into one PUT between the same two endpoints, in turns.
 * The stand-in is a process of its own and keeps the bytes in files. Run it with a small heap to
 * see that the size of the object does not matter. Arguments: bytes, rounds, and the size of the
 * parts in which the client uploads the object, 0 for one request.
 */
public final class LargeCopy {
  private static final int CHUNK = 1 << 20;
  private static final String KEY = "large";

  private final URI server;
  private final CloudServerClient client;
  private final HttpClient http = HttpClient.newHttpClient();

  private LargeCopy(URI server, CloudServerClient client) {
    this.server = server;
    this.client = client;
  }

  /** Runs the measurement. */
  public static void main(String[] args) throws Exception {
    long bytes = args.length > 0 ? Long.parseLong(args[0]) : 1L << 30;
    int rounds = Math.max(1, args.length > 1 ? Integer.parseInt(args[1]) : 3);
    long partSize = args.length > 2 ? Long.parseLong(args[2]) : 0;
    Path directory = Files.createTempDirectory("large-copy");
    try (StandInProcess standIn =
            StandInProcess.start(
                "--data=" + directory,
                "--locations=us-east-1:LOCAL," + Site.AWS + ":AWS_S3," + Site.AZURE + ":AZURE");
        CloudServerClient client = Site.client(standIn.uri());
        S3Client s3 = S3Clients.of(standIn.uri(), Account.USER)) {
      S3Clients.replicatedBucket(s3, Site.BUCKET, Site.SITES);
      String version = partSize == 0 ? put(s3, bytes) : putInParts(s3, bytes, partSize);
      new LargeCopy(standIn.uri(), client)
          .run(new ObjectVersion(Site.BUCKET, KEY, version), bytes, rounds);
    } finally {
      ReplicationRates.delete(directory);
    }
  }

  private static String put(S3Client s3, long bytes) {
    return s3.putObject(r -> r.bucket(Site.BUCKET).key(KEY), content(0, bytes)).versionId();
  }

  private static String putInParts(S3Client s3, long bytes, long partSize) {
    String upload = s3.createMultipartUpload(r -> r.bucket(Site.BUCKET).key(KEY)).uploadId();
    List<CompletedPart> parts = new ArrayList<>();
    for (long at = 0; at < bytes; at += partSize) {
      int number = parts.size() + 1;
      RequestBody part = content(at, Math.min(partSize, bytes - at));
      String etag =
          s3.uploadPart(
                  r -> r.bucket(Site.BUCKET).key(KEY).uploadId(upload).partNumber(number), part)
              .eTag();
      parts.add(CompletedPart.builder().partNumber(number).eTag(etag).build());
    }
    return s3.completeMultipartUpload(
            r ->
                r.bucket(Site.BUCKET)
                    .key(KEY)
                    .uploadId(upload)
                    .multipartUpload(m -> m.parts(parts)))
        .versionId();
  }

  private static RequestBody content(long from, long bytes) {
    return RequestBody.fromContentProvider(
        () -> new Repeated(from, bytes), bytes, "application/octet-stream");
  }

  /** That of an object that was uploaded in parts is not in its metadata. */
  private static String md5(long bytes) throws IOException, NoSuchAlgorithmException {
    MessageDigest digest = MessageDigest.getInstance("MD5");
    byte[] buffer = new byte[CHUNK];
    try (InputStream content = new Repeated(0, bytes)) {
      for (int count = content.read(buffer); count > 0; count = content.read(buffer)) {
        digest.update(buffer, 0, count);
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private void run(ObjectVersion object, long bytes, int rounds) throws Exception {
    String json = client.metadata(object).orElseThrow();
    ObjectMetadata metadata = ObjectMetadata.parse(json);
    String md5 = md5(bytes);
    List<Double> ratios = new ArrayList<>();
    for (int round = 0; round <= rounds; round++) {
      long begin = System.nanoTime();
      plain(object, metadata.contentLength(), md5);
      double plain = bytes / Figure.seconds(begin);
      begin = System.nanoTime();
      double cpu = Figure.cpu();
      inParts(object, metadata, json);
      double ours = bytes / Figure.seconds(begin);
      if (round > 0) {
        ratios.add(ours / plain);
      }
      Figure.line(
          "LargeCopy, " + (bytes >> 20) + " MiB, round " + round,
          "plain %.0f MB/s, in parts %.0f MB/s = %.0f %%, %.1f s CPU; heap %d of %d MiB",
          plain / 1e6,
          ours / 1e6,
          100 * ours / plain,
          Figure.cpu() - cpu,
          (Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory()) >> 20,
          Runtime.getRuntime().maxMemory() >> 20);
    }
    Figure.line(
        "LargeCopy, " + (bytes >> 20) + " MiB: median (goal: 80 %)",
        "%.0f %% of the plain copy",
        100 * Figure.median(ratios));
  }

  /** As the handler of the server does it, ten parts at a time. */
  private void inParts(ObjectVersion object, ObjectMetadata metadata, String json)
      throws InterruptedException {
    ExecutorService parts = Executors.newCachedThreadPool();
    try {
      CloudTransfers transfers =
          new CloudTransfers(
              new InMemoryUploadStore(), TransferOptions.DEFAULT, parts, Clock.systemUTC());
      Job job =
          new Job(
              new JobKey(JobType.REPLICATION, object, Site.AZURE),
              metadata.revision(),
              metadata.contentLength(),
              0,
              Clock.systemUTC().instant(),
              json);
      TaskOutcome outcome =
          new MultipleBackendHandler(role -> client, Site.BACKENDS, transfers, Clock.systemUTC())
              .handle(job, new Attempt());
      if (!(outcome instanceof TaskOutcome.Replicated)) {
        throw new IllegalStateException("it was not copied: " + outcome);
      }
    } finally {
      parts.shutdown();
    }
  }

  private void plain(ObjectVersion object, long length, String md5)
      throws IOException, InterruptedException {
    HttpRequest get =
        signed("GET", "/" + Site.BUCKET + "/" + KEY + "?versionId=" + object.versionId(), Map.of())
            .GET()
            .build();
    HttpResponse<InputStream> source = http.send(get, BodyHandlers.ofInputStream());
    BodyPublisher body =
        BodyPublishers.fromPublisher(BodyPublishers.ofInputStream(source::body), length);
    HttpRequest put =
        signed(
                "PUT",
                "/_/backbeat/multiplebackenddata/" + Site.BUCKET + "/plain?operation=putobject",
                Map.of(
                    "X-Scal-Storage-Class",
                    Site.AZURE.value(),
                    "X-Scal-Storage-Type",
                    "azure",
                    "X-Scal-Canonical-Id",
                    "owner",
                    "Content-MD5",
                    md5))
            .PUT(body)
            .build();
    HttpResponse<String> answer = http.send(put, BodyHandlers.ofString());
    if (source.statusCode() != 200 || answer.statusCode() != 200) {
      throw new IOException(source.statusCode() + ", " + answer.statusCode() + answer.body());
    }
  }

  private HttpRequest.Builder signed(String method, String target, Map<String, String> headers) {
    // As if by HTTPS, so that the body is not hashed.
    SdkHttpRequest.Builder plain =
        SdkHttpRequest.builder()
            .uri(URI.create("https://" + server.getAuthority() + target))
            .method(SdkHttpMethod.fromValue(method));
    headers.forEach(plain::putHeader);
    Map<String, String> all = new HashMap<>();
    AwsV4HttpSigner.create()
        .sign(
            r ->
                r.identity(
                        AwsBasicCredentials.create(
                            Account.REPLICATION.accessKey(), Account.REPLICATION.secretKey()))
                    .request(plain.build())
                    .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, "s3")
                    .putProperty(AwsV4HttpSigner.REGION_NAME, "us-east-1")
                    .putProperty(AwsV4HttpSigner.DOUBLE_URL_ENCODE, false)
                    .putProperty(AwsV4HttpSigner.NORMALIZE_PATH, false)
                    .putProperty(AwsV4HttpSigner.PAYLOAD_SIGNING_ENABLED, false))
        .request()
        .forEachHeader((name, values) -> all.put(name, values.get(0)));
    all.remove("Host");
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(server + target));
    all.forEach(request::header);
    return request;
  }

  /** Tells nobody. */
  private static final class Attempt implements JobContext {
    @Override
    public Clock clock() {
      return Clock.systemUTC();
    }

    @Override
    public boolean cancelled() {
      return false;
    }

    @Override
    public void transferStarted() {}

    @Override
    public void bytesTransferred(long bytes) {}
  }

  /** The same random chunk over and over. */
  private static final class Repeated extends InputStream {
    private final byte[] chunk = new byte[CHUNK];
    private long left;
    private int at;

    Repeated(long from, long bytes) {
      left = bytes;
      at = (int) (from % CHUNK);
      new Random(7).nextBytes(chunk);
    }

    @Override
    public int read() {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) {
      if (left == 0) {
        return -1;
      }
      int count = (int) Math.min(Math.min(length, left), CHUNK - at);
      System.arraycopy(chunk, at, into, offset, count);
      at = (at + count) % CHUNK;
      left -= count;
      return count;
    }
  }
}
