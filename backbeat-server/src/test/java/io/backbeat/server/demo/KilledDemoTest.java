package io.backbeat.server.demo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.backbeat.api.LocationName;
import io.backbeat.api.ObjectVersion;
import io.backbeat.api.SiteStatus;
import io.backbeat.embedded.EmbeddedStore;
import io.backbeat.log.MetadataJournal.JournaledObject;
import io.backbeat.server.Main;
import io.backbeat.status.TrackedStatus;
import io.backbeat.store.Stores;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills the real program at random moments and starts it again. Small by default; {@code
 * -Dbackbeat.kill.files=20000 -Dbackbeat.kill.times=10 -Dbackbeat.kill.maxMillis=20000} makes it
 * long.
 */
class KilledDemoTest {
  private static final int FILES = Integer.getInteger("backbeat.kill.files", 400);
  private static final int KILLS = Integer.getInteger("backbeat.kill.times", 3);
  private static final int MAX_MILLIS = Integer.getInteger("backbeat.kill.maxMillis", 3_000);
  private static final long SEED = Long.getLong("backbeat.kill.seed", System.nanoTime());
  private static final long GLANCE_MILLIS = 20;
  private static final long LAST_RUN_MINUTES = 30;

  @TempDir Path temp;

  @Test
  @Timeout(value = 60, unit = TimeUnit.MINUTES)
  void a_demo_killed_again_and_again_copies_everything_and_nothing_twice_that_was_done()
      throws Exception {
    DemoFolder folder = new DemoFolder(temp);
    Random random = new Random(SEED);
    writeFiles(folder, random);
    Map<String, Map<String, Object>> done = new HashMap<>();

    for (int kill = 1; kill <= KILLS; kill++) {
      Process process = start(folder);
      boolean ended;
      try {
        ended = kill % 2 == 0 ? livesFor(process, random) : copies(process, folder, random);
      } finally {
        process.destroyForcibly().waitFor();
      }
      if (ended) {
        assertThat(process.exitValue()).as(output()).isZero();
      }
      assertNotCopiedAgain(folder, done, kill);
      done = completed(folder);
    }

    Process last = start(folder);
    try {
      assertThat(last.waitFor(LAST_RUN_MINUTES, TimeUnit.MINUTES)).as("still running").isTrue();
    } finally {
      last.destroyForcibly();
    }

    assertThat(last.exitValue()).as("seed %d: %s", SEED, output()).isZero();
    folder.assertEveryCopyIsEqual();
    assertNotCopiedAgain(folder, done, KILLS + 1);
    assertThat(completed(folder).get("paris")).hasSize(FILES);
    assertThat(completed(folder).get("tokyo")).hasSize(FILES);
  }

  /** Lets it live for a random time, which may end before it copies anything, or after all. */
  private static boolean livesFor(Process process, Random random) throws InterruptedException {
    return process.waitFor(random.nextInt(MAX_MILLIS), TimeUnit.MILLISECONDS);
  }

  /** Lets it make some of the copies that are missing, so that it is killed in the middle of it. */
  private static boolean copies(Process process, DemoFolder folder, Random random)
      throws IOException, InterruptedException {
    int there = DemoFolder.names(folder.place("paris")).size();
    int missing = FILES - there;
    int enough = there + missing / 2 + random.nextInt(missing / 2 + 1);
    boolean ended = false;
    while (!ended && DemoFolder.names(folder.place("paris")).size() < enough) {
      ended = process.waitFor(GLANCE_MILLIS, TimeUnit.MILLISECONDS);
    }
    return ended;
  }

  private static void writeFiles(DemoFolder folder, Random random) throws IOException {
    for (int i = 0; i < FILES; i++) {
      byte[] content = new byte[random.nextInt(20_000)];
      random.nextBytes(content);
      folder.write("d" + i % 40 + "/f" + i, content);
    }
  }

  private Process start(DemoFolder folder) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "-Xmx256m", "-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path")));
    command.add(Main.class.getName());
    command.addAll(folder.arguments("--exit"));
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(temp.resolve("output").toFile()))
        .start();
  }

  private String output() throws IOException {
    return Files.readString(temp.resolve("output"), UTF_8);
  }

  /** The files behind what the store calls COMPLETED, by location and name. */
  private static Map<String, Map<String, Object>> completed(DemoFolder folder) throws IOException {
    Map<String, Map<String, Object>> completed = new HashMap<>();
    for (String location : DemoFolder.LOCATIONS) {
      Map<String, Object> files = folder.files(location);
      Set<String> names = completedNames(folder, location);
      assertThat(files.keySet()).as("what is COMPLETED at %s exists", location).containsAll(names);
      files.keySet().retainAll(names);
      completed.put(location, files);
    }
    return completed;
  }

  private static Set<String> completedNames(DemoFolder folder, String location) {
    Set<String> names = new HashSet<>();
    try (Stores stores = EmbeddedStore.open(folder.data())) {
      String after = "";
      List<JournaledObject> page = stores.journal().list(Demo.BUCKET, after, 1_000);
      while (!page.isEmpty()) {
        Map<ObjectVersion, TrackedStatus> statuses =
            stores.statuses().find(page.stream().map(JournaledObject::object).toList());
        statuses.forEach(
            (object, status) -> {
              if (status.at(LocationName.of(location)).orElseThrow().status()
                  == SiteStatus.COMPLETED) {
                names.add(object.key());
              }
            });
        after = page.get(page.size() - 1).object().key();
        page = stores.journal().list(Demo.BUCKET, after, 1_000);
      }
    }
    return names;
  }

  private static void assertNotCopiedAgain(
      DemoFolder folder, Map<String, Map<String, Object>> done, int run) throws IOException {
    for (Map.Entry<String, Map<String, Object>> location : done.entrySet()) {
      Map<String, Object> now = folder.files(location.getKey());
      now.keySet().retainAll(location.getValue().keySet());
      assertThat(now)
          .as(
              "run %d copied again what was COMPLETED at %s (seed %d)",
              run, location.getKey(), SEED)
          .isEqualTo(location.getValue());
    }
  }
}
