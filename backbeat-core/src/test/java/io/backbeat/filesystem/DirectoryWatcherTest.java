package io.backbeat.filesystem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.backbeat.api.LocationName;
import io.backbeat.api.ObjectVersion;
import io.backbeat.filesystem.ScanProblem.Reason;
import io.backbeat.job.ObjectMetadata;
import io.backbeat.log.MetadataChange;
import io.backbeat.memory.InMemoryStores;
import io.backbeat.testing.TreeJournal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectoryWatcherTest {
  private static final LocationName SOURCE = LocationName.of("src");
  private static final LocationName PARIS = LocationName.of("paris");
  private static final LocationName ROME = LocationName.of("rome");

  /** All files of a test are old for this clock. */
  private final Clock later = Clock.offset(Clock.systemUTC(), Duration.ofMinutes(1));

  @TempDir Path base;
  private final TreeJournal journal = new TreeJournal();
  private Path root;
  private WatchedDirectory watched;

  @BeforeEach
  void directory() throws IOException {
    root = Files.createDirectory(base.resolve("root"));
    watched = WatchedDirectory.of(root, "b", SOURCE, List.of(PARIS));
  }

  @Test
  void files_become_objects_in_the_order_of_their_bytes() throws Exception {
    for (String key :
        List.of("a/b", "a.txt", "a0", "a/sub/x", "é", "😀", "\uFF01", ".hidden", "a b:c\nd")) {
      write(key, key);
    }

    ScanSummary summary = scan();

    assertThat(journal.keys())
        .containsExactly(
            ".hidden", "a b:c\nd", "a.txt", "a/b", "a/sub/x", "a0", "é", "\uFF01", "😀");
    assertThat(journal.changes)
        .extracting(change -> change.object().key())
        .isEqualTo(journal.keys());
    assertThat(summary.added()).isEqualTo(9);
    assertThat(summary.seen()).isEqualTo(9);
    assertThat(summary.bytes()).isEqualTo(summary.changedBytes()).isPositive();
    assertThat(summary.problems()).isEmpty();
  }

  @Test
  void a_second_pass_finds_nothing_to_do() throws Exception {
    write("a", "1");
    write("d/b", "2");
    scan();
    journal.changes.clear();

    ScanSummary summary = scan();

    assertThat(journal.changes).isEmpty();
    assertThat(summary.seen()).isEqualTo(2);
    assertThat(summary.added() + summary.changed() + summary.removed()).isZero();
  }

  @Test
  void metadata_has_the_form_of_the_server() throws Exception {
    Path file = write("d/k \"1\"", "hello");
    Files.setLastModifiedTime(file, FileTime.from(Instant.parse("2024-05-06T07:08:09.123456Z")));

    scan();

    String json = journal.find(ObjectVersion.unversioned("b", "d/k \"1\"")).orElseThrow();
    ObjectMetadata metadata = ObjectMetadata.parse(json);
    assertThat(metadata.key()).isEqualTo("d/k \"1\"");
    assertThat(metadata.versionId()).isEmpty();
    assertThat(metadata.contentLength()).isEqualTo(5);
    assertThat(metadata.lastModified()).contains(Instant.parse("2024-05-06T07:08:09.123Z"));
    assertThat(metadata.dataStoreName()).isEqualTo("src");
    assertThat(metadata.dataStoreETag()).isEqualTo(FileState.of(file).fingerprint());
    assertThat(metadata.replicationInfo().sites()).containsExactly(PARIS);
    assertThat(metadata.replicationInfo().content()).containsExactly("DATA", "METADATA");
    JsonNode tree = new ObjectMapper().readTree(json);
    assertThat(tree.at("/replicationInfo/status").asText()).isEqualTo("PENDING");
    assertThat(tree.at("/replicationInfo/backends/0/status").asText()).isEqualTo("PENDING");
    assertThat(tree.at("/location/0/dataStoreType").asText()).isEqualTo("file");
  }

  @Test
  void an_empty_file_is_an_object_of_metadata_only() throws Exception {
    write("empty", "");

    scan();

    ObjectMetadata metadata =
        ObjectMetadata.parse(journal.find(ObjectVersion.unversioned("b", "empty")).orElseThrow());
    assertThat(metadata.replicationInfo().content()).containsExactly("METADATA");
    assertThat(metadata.dataStoreETag()).isNotEmpty();
  }

  @Test
  void changed_and_removed_files_are_recorded() throws Exception {
    write("a", "1");
    write("b", "1");
    write("c", "1");
    scan();
    journal.changes.clear();

    write("b", "22");
    Files.delete(root.resolve("c"));
    ScanSummary summary = scan();

    assertThat(summary.changed()).isEqualTo(1);
    assertThat(summary.changedBytes()).isEqualTo(2);
    assertThat(summary.removed()).isEqualTo(1);
    assertThat(journal.changes).hasSize(2);
    assertThat(journal.changes.get(0)).isInstanceOf(MetadataChange.Put.class);
    assertThat(journal.changes.get(1)).isInstanceOf(MetadataChange.Delete.class);
  }

  @Test
  void a_file_changed_a_moment_ago_is_left_for_the_next_pass() throws Exception {
    Path file = write("a", "1");
    Clock justNow =
        Clock.fixed(FileState.of(file).changed().plusMillis(99), java.time.ZoneOffset.UTC);
    Clock settled =
        Clock.fixed(FileState.of(file).changed().plusMillis(100), java.time.ZoneOffset.UTC);

    assertThat(scan(watched, justNow).unsettled()).isEqualTo(1);
    assertThat(journal.keys()).isEmpty();
    assertThat(scan(watched, settled).added()).isEqualTo(1);
  }

  @Test
  void a_rewrite_that_hides_behind_an_old_time_stamp_is_found() throws Exception {
    FileTime time = FileTime.from(Instant.parse("2020-01-01T00:00:00Z"));
    Path file = write("a", "one");
    Files.setLastModifiedTime(file, time);
    scan();

    Path other = write("other", "two");
    Files.setLastModifiedTime(other, time);
    Files.move(other, file, java.nio.file.StandardCopyOption.REPLACE_EXISTING);

    assertThat(scan().changed()).isEqualTo(1);
  }

  @Test
  void a_new_destination_gets_the_known_files_and_the_old_one_keeps_its_status() throws Exception {
    write("a", "1");
    scan();
    ObjectVersion a = ObjectVersion.unversioned("b", "a");
    journal.current(
        "a",
        journal
            .find(a)
            .orElseThrow()
            .replace(
                "\"site\":\"paris\",\"status\":\"PENDING\"",
                "\"site\":\"paris\",\"status\":\"COMPLETED\""));

    WatchedDirectory more = WatchedDirectory.of(root, "b", SOURCE, List.of(PARIS, ROME));
    assertThat(scan(more, later).changed()).isEqualTo(1);

    assertThat(journal.find(a).orElseThrow())
        .contains(
            "\"site\":\"paris\",\"status\":\"COMPLETED\"",
            "\"site\":\"rome\",\"status\":\"PENDING\"");
    assertThat(scan(more, later).changed()).isZero();
    assertThat(scan(watched, later).changed()).as("a destination less asks for nothing").isZero();
  }

  @Test
  void links_pipes_and_strange_names_are_reported_and_hinder_nobody() throws Exception {
    write("a", "1");
    Files.createSymbolicLink(root.resolve("link"), base);
    run("mkfifo", root.resolve("pipe").toString());
    run("sh", "-c", "cd \"$0\" && : > \"$(printf 'bad\\377name')\"", root.toString());
    write("z", "1");

    ScanSummary summary = scan();

    assertThat(journal.keys()).containsExactly("a", "z");
    assertThat(summary.problems())
        .extracting(ScanProblem::reason)
        .containsExactlyInAnyOrder(Reason.SYMBOLIC_LINK, Reason.SPECIAL_FILE, Reason.NAME_NOT_TEXT);
    assertThat(summary.problemCount()).isEqualTo(3);
  }

  @Test
  void what_is_in_an_unreadable_directory_is_not_taken_for_removed() throws Exception {
    write("a", "1");
    write("secret/sub/b", "1");
    write("z", "1");
    scan();
    Path secret = root.resolve("secret");
    Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("---------"));
    try {
      assumeThat(Files.isReadable(secret)).as("root reads everything").isFalse();
      Files.delete(root.resolve("z"));

      ScanSummary summary = scan();

      assertThat(summary.removed()).isEqualTo(1);
      assertThat(journal.keys()).containsExactly("a", "secret/sub/b");
      assertThat(summary.problems())
          .singleElement()
          .satisfies(problem -> assertThat(problem.reason()).isEqualTo(Reason.ACCESS_DENIED));
    } finally {
      Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
  }

  @Test
  void an_empty_or_missing_directory_is_an_unmounted_volume_and_removes_nothing() throws Exception {
    write("a", "1");
    scan();
    Files.move(root, base.resolve("elsewhere"));

    assertThat(scan().problems()).extracting(ScanProblem::reason).contains(Reason.NOTHING_THERE);
    assertThat(journal.keys()).containsExactly("a");

    Files.createDirectory(root);
    assertThat(scan().problems()).extracting(ScanProblem::reason).contains(Reason.NOTHING_THERE);
    assertThat(journal.keys()).containsExactly("a");
  }

  @Test
  void excluded_paths_and_staging_are_no_objects() throws Exception {
    write("a", "1");
    write(".git/config", "1");
    write("sub/target/x", "1");
    write(".backbeat-staging/run-1/put-1", "1");

    scan(watched.excluding(path -> path.equals(".git") || path.endsWith("/target")), later);

    assertThat(journal.keys()).containsExactly("a");
  }

  @Test
  void many_files_are_recorded_in_batches() throws Exception {
    for (int i = 0; i < 1201; i++) {
      write("f" + i, "");
    }

    scan();

    assertThat(journal.batches).containsExactly(500, 500, 201);
    assertThat(scan().added()).isZero();
  }

  @Test
  void a_real_journal_takes_and_knows_the_files() throws Exception {
    write("a/b", "1");
    write("a.txt", "2");
    try (InMemoryStores stores = new InMemoryStores()) {
      DirectoryWatcher watcher = new DirectoryWatcher(watched, stores.journal(), later);

      assertThat(watcher.scan().added()).isEqualTo(2);
      assertThat(watcher.scan().added() + watcher.scan().changed()).isZero();
      Files.delete(root.resolve("a.txt"));
      assertThat(watcher.scan().removed()).isEqualTo(1);
      assertThat(stores.journal().list("b", "", 10)).hasSize(1);
    }
  }

  @Test
  void a_started_watcher_finds_new_files_until_it_is_closed() throws Exception {
    List<ScanSummary> passes = new CopyOnWriteArrayList<>();
    write("a", "1");
    try (DirectoryWatcher watcher = new DirectoryWatcher(watched, journal, later)) {
      watcher.start(Duration.ofMillis(5), passes::add);
      await().until(() -> journal.keys().contains("a"));
      write("b", "1");
      await().until(() -> journal.keys().contains("b"));
    }

    assertThat(threadOfWatcher()).isEmpty();
    assertThat(passes).isNotEmpty();
  }

  private static Optional<Thread> threadOfWatcher() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(t -> t.getName().equals("backbeat-watch-b"))
        .findAny();
  }

  private ScanSummary scan() {
    return scan(watched, later);
  }

  private ScanSummary scan(WatchedDirectory directory, Clock clock) {
    try (DirectoryWatcher watcher = new DirectoryWatcher(directory, journal, clock)) {
      return watcher.scan();
    }
  }

  private Path write(String key, String content) throws IOException {
    Path file = root.resolve(key);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, content);
  }

  private static void run(String... command) throws Exception {
    Process process = new ProcessBuilder(Stream.of(command).toList()).inheritIO().start();
    assertThat(process.waitFor()).isZero();
  }
}
