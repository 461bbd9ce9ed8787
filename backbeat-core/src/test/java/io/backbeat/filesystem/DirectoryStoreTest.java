package io.backbeat.filesystem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.backbeat.contract.ObjectStoreContract;
import io.backbeat.replication.ByteRange;
import io.backbeat.replication.ObjectStore;
import io.backbeat.replication.ObjectStoreException.Kind;
import io.backbeat.replication.StoredObject;
import io.backbeat.replication.TransferProgress;
import io.backbeat.testing.Bytes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DirectoryStoreTest extends ObjectStoreContract {
  @TempDir Path base;
  private Path root;
  private DirectoryStore store;

  @BeforeEach
  void open() throws IOException {
    root = Files.createDirectory(base.resolve("root"));
    store = DirectoryStore.open(root);
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Override
  protected ObjectStore store() {
    return store;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "..",
        "../x",
        "a/../../x",
        "/etc/x",
        "/",
        "a//b",
        "a/",
        ".",
        "./a",
        "a/./b",
        "nul\0",
        ".backbeat-staging",
        ".backbeat-staging/x"
      })
  void a_key_that_leads_elsewhere_is_refused(String key) {
    assertThatThrownBy(() -> store.put(key, Bytes.of("x"), TransferProgress.NONE))
        .satisfies(kind(Kind.INVALID_KEY));
    assertThatThrownBy(() -> store.delete(key)).satisfies(kind(Kind.INVALID_KEY));
    assertThatThrownBy(() -> store.stat(key)).satisfies(kind(Kind.INVALID_KEY));
    assertThat(base.resolve("x")).doesNotExist();
  }

  @Test
  void names_are_limited_in_bytes_not_characters() throws Exception {
    store.put("é".repeat(127), Bytes.of("x"), TransferProgress.NONE);

    assertThatThrownBy(() -> store.put("é".repeat(128), Bytes.of("x"), TransferProgress.NONE))
        .satisfies(kind(Kind.INVALID_KEY));
  }

  @Test
  void newlines_and_leading_dots_are_fine() throws Exception {
    store.put("a\nb/.c/...d", Bytes.of("x"), TransferProgress.NONE);

    assertThat(root.resolve("a\nb").resolve(".c").resolve("...d")).hasContent("x");
  }

  @Test
  void symbolic_links_are_not_followed() throws Exception {
    Path outside = Files.createDirectory(base.resolve("outside"));
    Files.writeString(outside.resolve("file"), "secret");
    Files.createSymbolicLink(root.resolve("link"), outside);
    Files.createSymbolicLink(root.resolve("direct"), outside.resolve("file"));

    assertThatThrownBy(() -> store.put("link/new", Bytes.of("x"), TransferProgress.NONE))
        .satisfies(kind(Kind.INVALID_KEY));
    assertThatThrownBy(() -> store.stat("link/file")).satisfies(kind(Kind.INVALID_KEY));
    assertThatThrownBy(() -> store.delete("link/file")).satisfies(kind(Kind.INVALID_KEY));
    assertThat(store.stat("direct")).isEmpty();
    store.put("direct", Bytes.of("x"), TransferProgress.NONE);
    assertThat(outside.resolve("file")).hasContent("secret");
    assertThat(outside.resolve("new")).doesNotExist();
  }

  @Test
  void a_key_cannot_be_file_and_directory_at_once() throws Exception {
    store.put("a", Bytes.of("x"), TransferProgress.NONE);
    store.put("d/e", Bytes.of("x"), TransferProgress.NONE);

    assertThatThrownBy(() -> store.put("a/b", Bytes.of("y"), TransferProgress.NONE))
        .satisfies(kind(Kind.KEY_CONFLICT));
    assertThatThrownBy(() -> store.put("d", Bytes.of("y"), TransferProgress.NONE))
        .satisfies(kind(Kind.KEY_CONFLICT));
    assertThat(store.delete("d")).isFalse();
    assertThat(store.delete("a/b")).isFalse();
    assertThat(store.stat("d/e")).isPresent();
    assertThat(root.resolve("a")).hasContent("x");
  }

  @Test
  void the_copy_has_the_time_of_the_original() throws Exception {
    store.put("k", Bytes.of("x"), TransferProgress.NONE);

    assertThat(store.stat("k").orElseThrow().lastModified()).isEqualTo(Bytes.WRITTEN);
  }

  @Test
  void deleting_the_last_object_removes_empty_parents_but_not_the_root() throws Exception {
    store.put("a/b/c", Bytes.of("x"), TransferProgress.NONE);
    store.put("a/d", Bytes.of("x"), TransferProgress.NONE);

    store.delete("a/b/c");
    assertThat(root.resolve("a/b")).doesNotExist();
    store.delete("a/d");
    assertThat(root.resolve("a")).doesNotExist();
    assertThat(root).exists();
  }

  @Test
  void a_change_of_same_size_and_time_is_noticed() throws Exception {
    Path file = Files.writeString(root.resolve("k"), "one");
    FileTime time = FileTime.from(Instant.parse("2020-01-01T00:00:00Z"));
    Files.setLastModifiedTime(file, time);
    String before = store.stat("k").orElseThrow().fingerprint();

    Path other = Files.writeString(root.resolve("other"), "two");
    Files.setLastModifiedTime(other, time);
    Files.move(other, file, java.nio.file.StandardCopyOption.REPLACE_EXISTING);

    assertThat(store.stat("k").orElseThrow().fingerprint()).isNotEqualTo(before);
  }

  @Test
  void a_file_that_changes_while_it_is_read_does_not_hand_out_its_last_bytes() throws Exception {
    Path file = root.resolve("k");
    Files.write(file, Bytes.random(1000).content());
    Files.setLastModifiedTime(file, FileTime.from(Instant.parse("2020-01-01T00:00:00Z")));
    StoredObject object = store.stat("k").orElseThrow();

    try (ReadableByteChannel channel = store.open(object, ByteRange.whole(1000))) {
      channel.read(ByteBuffer.allocate(500));
      Files.write(file, Bytes.random(1001).content());

      assertThatThrownBy(() -> channel.read(ByteBuffer.allocate(500)))
          .satisfies(kind(Kind.CHANGED));
    }
  }

  @Test
  void a_missing_root_is_a_destination_that_is_down() {
    DirectoryStore missing = DirectoryStore.open(base.resolve("not-mounted"));

    assertThatThrownBy(() -> missing.put("k", Bytes.of("x"), TransferProgress.NONE))
        .satisfies(kind(Kind.UNREACHABLE))
        .hasMessageContaining("not-mounted");
    assertThatThrownBy(() -> missing.stat("k")).satisfies(kind(Kind.UNREACHABLE));
    assertThat(base.resolve("not-mounted")).doesNotExist();
  }

  @Test
  void a_volume_that_goes_away_is_not_filled_below_its_mount_point() throws Exception {
    store.put("k", Bytes.of("x"), TransferProgress.NONE);
    Files.move(root, base.resolve("unmounted"));
    Files.createDirectory(root);

    assertThatThrownBy(() -> store.put("k", Bytes.of("x"), TransferProgress.NONE))
        .satisfies(kind(Kind.UNREACHABLE));
    assertThat(root).isEmptyDirectory();
  }

  @Test
  void a_store_that_is_only_read_leaves_no_trace() throws Exception {
    Files.writeString(root.resolve("k"), "x");

    read("k");

    assertThat(names(root)).containsExactly("k");
  }

  @Test
  void close_removes_the_staging_directory() throws Exception {
    store.put("k", Bytes.of("x"), TransferProgress.NONE);
    assertThat(names(root)).contains(".backbeat-staging");

    store.close();

    assertThat(names(root)).containsExactly("k");
  }

  @Test
  void leftovers_of_a_dead_process_are_removed_and_nothing_else() throws Exception {
    store.put("k", Bytes.of("x"), TransferProgress.NONE);
    Path staging = root.resolve(".backbeat-staging");
    Path dead = Files.createDirectory(staging.resolve("run-1-1-dead"));
    Files.createFile(dead.resolve("lock"));
    Files.writeString(dead.resolve("put-1"), "half");
    Path foreign = Files.writeString(staging.resolve("note"), "not ours");
    Path live = Files.createDirectory(staging.resolve("run-2-2-live"));
    Files.writeString(live.resolve("put-1"), "being written");

    try (FileChannel lockFile =
            FileChannel.open(
                live.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock held = lockFile.lock()) {
      assertThat(held.isValid()).isTrue();
      DirectoryStore.open(root).close();
    }

    assertThat(dead).doesNotExist();
    assertThat(live.resolve("put-1")).exists();
    assertThat(foreign).exists();
    store.put("k2", Bytes.of("x"), TransferProgress.NONE);
  }

  @Test
  void with_sync_objects_are_written_too() throws Exception {
    try (DirectoryStore synced = DirectoryStore.open(root, new DirectoryOptions(true))) {
      synced.put("a/b/c", Bytes.of("x"), TransferProgress.NONE);
    }

    assertThat(root.resolve("a/b/c")).hasContent("x");
  }

  private static List<String> names(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }
}
