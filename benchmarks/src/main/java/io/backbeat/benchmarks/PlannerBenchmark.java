package io.backbeat.benchmarks;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import io.backbeat.api.LocationName;
import io.backbeat.job.ObjectMetadata;
import io.backbeat.log.LogEntry;
import io.backbeat.log.LogPosition;
import io.backbeat.populator.Plan;
import io.backbeat.populator.ReplicationPlanner;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What planning costs beside merely parsing the same JSON of 2 KB. The aim is half of the rate of
 * {@link #parseOnly}, and 150,000 entries a second on one core.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class PlannerBenchmark {
  private static final String VERSION = "98204655535631999999RG001  27567.0";
  private static final int BYTES = 2048;

  private final JsonFactory jackson = new JsonFactory();
  private final ReplicationPlanner planner =
      new ReplicationPlanner(
          List.of(LocationName.of("paris"), LocationName.of("berlin")), List.of());
  private final String written = metadata();
  private final LogEntry unstamped = entry("\u007fVdir/obj-1\0" + VERSION, written);
  private final LogEntry stamped =
      entry("\u007fVdir/obj-1\0" + VERSION, ObjectMetadata.stamp(written, VERSION));
  private final LogEntry master = entry("\u007fMdir/obj-1", ObjectMetadata.stamp(written, VERSION));

  /** The yardstick: every token, no value looked at. */
  @Benchmark
  public int parseOnly() throws IOException {
    try (JsonParser parser = jackson.createParser(stamped.value())) {
      int tokens = 0;
      while (parser.nextToken() != null) {
        tokens++;
      }
      return tokens;
    }
  }

  /** An entry that gives two jobs. */
  @Benchmark
  public Plan queued() {
    return planner.plan(stamped);
  }

  /** The same without microVersionId, so that its revision has to be derived. */
  @Benchmark
  public Plan queuedWithoutMicroVersionId() {
    return planner.plan(unstamped);
  }

  /** An entry that gives none. */
  @Benchmark
  public Plan ignored() {
    return planner.plan(master);
  }

  private static LogEntry entry(String key, String json) {
    return new LogEntry(
        LogPosition.BEGINNING,
        LogEntry.Operation.PUT,
        "bucket",
        key,
        json.getBytes(StandardCharsets.UTF_8),
        Instant.EPOCH);
  }

  private static String metadata() {
    StringBuilder json =
        new StringBuilder(
            """
            {"owner-display-name":"Owner","owner-id":"%s","cache-control":"","content-disposition":"",\
            "content-encoding":"","expires":"","content-length":11,"content-type":"text/plain",\
            "content-md5":"5eb63bbbe01eeed093cb22bb8f5acdc3","content-language":"",\
            "creation-time":"2026-11-22T10:47:44.365Z","x-amz-version-id":"null",\
            "x-amz-server-version-id":"","x-amz-storage-class":"STANDARD",\
            "x-amz-server-side-encryption":"","x-amz-server-side-encryption-aws-kms-key-id":"",\
            "x-amz-server-side-encryption-customer-algorithm":"","x-amz-website-redirect-location":"",\
            "x-amz-scal-transition-in-progress":false,"acl":{"Canned":"private","FULL_CONTROL":[],\
            "WRITE_ACP":[],"READ":[],"READ_ACP":[]},"key":"dir/obj-1","location":[{"key":1,"size":11,\
            "start":0,"dataStoreName":"us-east-1","dataStoreETag":"1:5eb63bbbe01eeed093cb22bb8f5acdc3"}],\
            "isDeleteMarker":false,"versionId":"%s","tags":{},"replicationInfo":{"status":"PENDING",\
            "backends":[{"site":"paris","status":"PENDING","dataStoreVersionId":""},\
            {"site":"berlin","status":"PENDING","dataStoreVersionId":""}],\
            "content":["DATA","METADATA"],"destination":"arn:aws:s3:::bucket",\
            "storageClass":"paris,berlin","role":"arn:aws:iam::root:role/s3-replication-role",\
            "storageType":"aws_s3","dataStoreVersionId":"","isNFS":null},"dataStoreName":"us-east-1",\
            "originOp":"s3:ObjectCreated:Put","deleted":false,"isPHD":false,\
            "last-modified":"2026-11-22T10:47:44.365Z","md-model-version":6"""
                .formatted("0123456789abcdef".repeat(4), VERSION));
    for (int i = 0; json.length() < BYTES - 50; i++) {
      json.append(",\"x-amz-meta-field-").append(i).append("\":\"some user metadata\"");
    }
    return json.append('}').toString();
  }
}
