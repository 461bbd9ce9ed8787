package io.backbeat.cloudserver.faults;

import static io.backbeat.cloudserver.faults.ReplicatedServers.AWS;
import static io.backbeat.cloudserver.faults.ReplicatedServers.AZURE;
import static io.backbeat.cloudserver.faults.ReplicatedServers.PARIS;
import static org.assertj.core.api.Assertions.assertThat;

import io.backbeat.api.LocationName;
import io.backbeat.api.ObjectVersion;
import io.backbeat.cloudserver.CloudServer;
import io.backbeat.cloudserver.faults.RunningBackbeat.Clients;
import io.backbeat.embedded.EmbeddedStore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A process that is killed right before or right after any of its effects, and the next one, which
 * finds what was durable by then.
 */
@Timeout(120)
class KillTest {
  private static final int MOST_STEPS = 120;

  @TempDir private static Path directory;
  private static ReplicatedServers servers;

  @BeforeAll
  static void open() {
    servers = new ReplicatedServers(directory);
  }

  @AfterAll
  static void close() {
    servers.close();
  }

  private static byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    return bytes;
  }

  @Test
  void object_to_two_clouds() {
    killAtEachStep(List.of(AWS, AZURE), bytes(1_000));
  }

  @Test
  void object_to_another_server() {
    killAtEachStep(List.of(PARIS), bytes(1_000));
  }

  @Test
  void object_in_parts_to_a_cloud() {
    killAtEachStep(List.of(AWS), bytes((16 << 20) + 5));
  }

  private void killAtEachStep(List<LocationName> locations, byte[] content) {
    List<String> deaths = new ArrayList<>();
    for (int step = 1; step < MOST_STEPS; step++) {
      String where = killAt(step, locations, content);
      if (where.isEmpty()) {
        assertThat(deaths).hasSizeGreaterThan(10);
        return;
      }
      deaths.add(where);
    }
    throw new AssertionError("more than " + MOST_STEPS + " steps: " + deaths);
  }

  private String killAt(int step, List<LocationName> locations, byte[] content) {
    Path data = directory.resolve("store-" + locations + "-" + step);
    String bucket = servers.bucket(locations);
    Death death = new Death(step);
    LeftOver before = LeftOver.at(servers);
    ObjectVersion object;
    try (EmbeddedStore store = EmbeddedStore.open(data)) {
      servers.feed(store);
      object = servers.put(bucket, "key", content);
      RunningBackbeat dying =
          new RunningBackbeat(
              new Clients(
                  death.of(CloudServer.class, servers.from),
                  death.of(CloudServer.class, servers.statuses),
                  death.of(CloudServer.class, servers.to)),
              new DyingStores(store, death),
              locations,
              1);
      live(dying, death);
      end(dying);
    }
    try (EmbeddedStore store = EmbeddedStore.open(data);
        RunningBackbeat next = new RunningBackbeat(Clients.of(servers), store, locations, 1)) {
      servers.feed(store);
      next.engine.start();
      Settled settled = new Settled(servers, next, locations, before, true);
      try {
        settled.restAfterRetry();
        settled.isEverywhere(object, content);
        assertThat(settled.leftOver())
            .as("left over")
            .satisfies(left -> assertThat(left.count()).isLessThanOrEqualTo(unknown(death)));
      } catch (AssertionError | RuntimeException e) {
        throw new AssertionError("killed at step " + step + ", " + death.where(), e);
      }
    }
    return death.where();
  }

  /**
   * How much nobody can know of: what the server names in its answer, until that is remembered. An
   * object in one piece goes without, to save a write that is hardly ever of use.
   */
  private static int unknown(Death death) {
    return switch (death.where()) {
      case "after CloudServer.initiateUpload",
          "before UploadStore.begin",
          "after CloudServer.putData",
          "before CloudServer.putMetadata" ->
          1;
      default -> 0;
    };
  }

  private static void live(RunningBackbeat backbeat, Death death) {
    try {
      backbeat.engine.start();
      Settled.waiting().until(() -> !death.where().isEmpty() || isSettled(backbeat));
    } catch (Death.Killed e) {
      // While it was starting.
    }
  }

  private static boolean isSettled(RunningBackbeat backbeat) {
    try {
      return backbeat.engine.unfinished().settled();
    } catch (Death.Killed e) {
      return true;
    }
  }

  /** Its threads are still there, but all they do comes to nothing. */
  private static void end(RunningBackbeat dying) {
    try {
      dying.close(Duration.ZERO);
    } catch (Death.Killed e) {
      // It is dead.
    }
  }
}
