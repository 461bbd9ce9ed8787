package io.backbeat.server.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.backbeat.api.Amount;
import io.backbeat.api.LocationName;
import io.backbeat.api.ObjectVersion;
import io.backbeat.api.SiteReplication;
import io.backbeat.api.SiteStatus;
import io.backbeat.client.BackbeatClient;
import io.backbeat.client.RetryOptions;
import io.backbeat.job.JobType;
import io.backbeat.server.config.ServerRole;
import io.backbeat.server.profile.FailureIndex;
import io.backbeat.server.serve.ServerRun;
import io.backbeat.status.TrackedStatus;
import io.backbeat.store.Stores;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import redis.clients.jedis.RedisClient;

/**
 * Servers in one namespace of the services: a directory that is watched as the bucket {@value
 * #BUCKET}, the directories paris and tokyo for copies, and a look at the stores from outside. For
 * one thread.
 */
final class ClusterSite implements AutoCloseable {
  static final String BUCKET = "photos";
  static final LocationName PARIS = LocationName.of("paris");
  static final LocationName TOKYO = LocationName.of("tokyo");
  static final List<LocationName> PLACES = List.of(PARIS, TOKYO);
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Path directory;
  private final TestServices services;
  private final String more;
  private final List<ServerRun> running = new ArrayList<>();
  private final ClusterProfile outside;

  ClusterSite(Path directory, TestServices services) {
    this(directory, services, "");
  }

  /** With more sections in the configuration, each ended by a comma. */
  ClusterSite(Path directory, TestServices services, String more) {
    this.directory = directory;
    this.services = services;
    this.more = more;
    try {
      Files.createDirectories(directory.resolve("files"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    this.outside = ClusterProfile.open(services.config(directory, "api", replication(), more));
  }

  private String replication() {
    return """
        "source": {"directory": "%s", "bucket": "%s"},
        "locations": [{"name": "paris", "directory": "%s"}, {"name": "tokyo", "directory": "%s"}]
        """
        .formatted(
            directory.resolve("files"),
            BUCKET,
            directory.resolve("paris"),
            directory.resolve("tokyo"));
  }

  /** Starts a server that does everything. */
  ServerRun start() {
    return start(ServerRole.text(ServerRole.ALL));
  }

  /** Starts one more server. */
  ServerRun start(String roles) {
    ServerRun run = ServerRun.start(services.config(directory, roles, replication(), more));
    running.add(run);
    return run;
  }

  BackbeatClient client(ServerRun run) {
    return BackbeatClient.builder(run.apiUri().orElseThrow()).retries(RetryOptions.NONE).build();
  }

  /** The stores as a process beside the servers sees them. */
  Stores stores() {
    return outside.stores();
  }

  FailureIndex failureIndex() {
    return outside.failureIndex().orElseThrow();
  }

  Path place(LocationName location) {
    return directory.resolve(location.value());
  }

  /** Writes a file at once, so that no half of it is ever seen. */
  ObjectVersion put(String name, String content) {
    try {
      Path whole = Files.writeString(Files.createTempFile(directory, "put", ""), content);
      Path file = directory.resolve("files").resolve(name);
      Files.createDirectories(file.getParent());
      Files.move(whole, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return object(name);
  }

  /** Writes files {@code <prefix>0}, {@code <prefix>1} and so on; answers names and contents. */
  Map<String, String> putAll(String prefix, int count, String content) {
    Map<String, String> written = new HashMap<>();
    for (int i = 0; i < count; i++) {
      put(prefix + i, content + " " + i);
      written.put(prefix + i, content + " " + i);
    }
    return written;
  }

  static ObjectVersion object(String name) {
    return ObjectVersion.unversioned(BUCKET, name);
  }

  /** Waits until all files are at both places with these contents, and their statuses say so. */
  void awaitEverywhere(Map<String, String> files) {
    awaitCopies(files);
    awaitCompleted(files.keySet());
  }

  void awaitCopies(Map<String, String> files) {
    Awaitility.await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> {
              for (LocationName location : PLACES) {
                assertThat(copies(location, files.keySet())).isEqualTo(files);
              }
            });
  }

  /** Waits until the statuses of objects are COMPLETED, and nothing of them is left to do. */
  void awaitCompleted(Collection<String> names) {
    Awaitility.await()
        .atMost(PATIENCE)
        .ignoreExceptions()
        .untilAsserted(
            () -> {
              assertThat(statuses(names)).containsOnlyKeys(names);
              assertThat(statuses(names).values())
                  .allSatisfy(sites -> assertThat(sites).containsOnly(SiteStatus.COMPLETED));
              assertThat(unfinished()).isEmpty();
            });
  }

  private Map<String, String> copies(LocationName location, Set<String> names) throws IOException {
    Map<String, String> found = new HashMap<>();
    for (String name : names) {
      Path copy = place(location).resolve(name);
      if (Files.exists(copy)) {
        found.put(name, Files.readString(copy));
      }
    }
    return found;
  }

  /** Statuses of objects that are known, at all their locations. */
  Map<String, List<SiteStatus>> statuses(Collection<String> names) {
    Map<ObjectVersion, TrackedStatus> found =
        stores().statuses().find(names.stream().map(ClusterSite::object).toList());
    return found.entrySet().stream()
        .collect(
            Collectors.toMap(
                entry -> entry.getKey().key(),
                entry ->
                    entry.getValue().status().sites().stream()
                        .map(SiteReplication::status)
                        .toList()));
  }

  /** What the ledger has as unfinished. */
  Map<LocationName, Amount> unfinished() {
    return stores().failedJobs().unfinished(JobType.REPLICATION).entrySet().stream()
        .filter(entry -> !entry.getValue().equals(Amount.ZERO))
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  /** The sum of a series of Redis over all its intervals, or the value of a gauge. */
  long counter(LocationName location, String operation) {
    return counter(location.value(), operation);
  }

  /** The same by the name that the counters of one object begin with. */
  long counter(String beginning, String operation) {
    try (RedisClient redis = redis()) {
      String name = services.redisKey(beginning + ":bb:crr:" + operation);
      Set<String> keys =
          operation.endsWith("pending") ? Set.of(name) : redis.keys(name + ":requests:*");
      return keys.stream()
          .map(redis::get)
          .mapToLong(value -> value == null ? 0 : Long.parseLong(value))
          .sum();
    }
  }

  /** Lets the pending gauges show what is not so. */
  void spoilGauges() {
    try (RedisClient redis = redis()) {
      for (LocationName location : PLACES) {
        redis.set(services.redisKey(location + ":bb:crr:opspending"), "99");
        redis.set(services.redisKey(location + ":bb:crr:bytespending"), "-99");
      }
    }
  }

  /** Members of the sets of failures of a location, with their times. */
  Map<String, Double> failedMembers(LocationName location) {
    try (RedisClient redis = redis()) {
      Map<String, Double> members = new HashMap<>();
      for (String key : redis.keys(services.redisKey("bb:crr:failed:" + location + ":*"))) {
        redis
            .zrangeWithScores(key, 0, -1)
            .forEach(tuple -> members.put(tuple.getElement(), tuple.getScore()));
      }
      return members;
    }
  }

  RedisClient redis() {
    return RedisClient.create("127.0.0.1", services.redisPort());
  }

  /** Waits until the counters of Redis say that exactly so much was done, and nothing is left. */
  void awaitCounted(long queued, long done, long failed) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(
            () -> {
              for (LocationName location : PLACES) {
                assertThat(
                        List.of(
                            counter(location, "ops"),
                            counter(location, "opsdone"),
                            counter(location, "opsfail"),
                            counter(location, "opspending"),
                            counter(location, "bytespending")))
                    .as("ops, opsdone, opsfail, opspending, bytespending of %s", location)
                    .containsExactly(queued, done, failed, 0L, 0L);
              }
            });
  }

  /**
   * Has the view in Redis made anew from the ledger, and checks that nothing is pending: the end of
   * every fault. What is counted a moment later belongs to what was seen before, so it is repeated.
   */
  void rebuildAndFindNothingPending() {
    Awaitility.await()
        .atMost(Duration.ofSeconds(10))
        .untilAsserted(
            () -> {
              var unused = failureIndex().rebuild(new FailureIndex.Selection(PLACES, false));
              for (LocationName location : PLACES) {
                assertThat(counter(location, "opspending")).as("at %s", location).isZero();
                assertThat(counter(location, "bytespending")).as("at %s", location).isZero();
              }
            });
  }

  /** Lets every write of {@code <name>/...} to a location be refused, so that its jobs fail. */
  void refuse(LocationName location, String name) throws IOException {
    Files.createSymbolicLink(place(location).resolve(name), directory);
  }

  /** Ends {@link #refuse}. */
  void accept(LocationName location, String name) throws IOException {
    Files.delete(place(location).resolve(name));
  }

  /** Closes a server in good order. */
  void stop(ServerRun run) {
    running.remove(run);
    run.close();
  }

  @Override
  public void close() {
    Collections.reverse(running);
    running.forEach(ServerRun::close);
    outside.close();
  }
}
