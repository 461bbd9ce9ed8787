package io.backbeat.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.backbeat.replication.ByteRange;
import io.backbeat.replication.ObjectSource;
import io.backbeat.replication.ObjectStore;
import io.backbeat.replication.ObjectStoreException;
import io.backbeat.replication.ObjectStoreException.Kind;
import io.backbeat.replication.StoredObject;
import io.backbeat.replication.TransferProgress;
import io.backbeat.testing.Bytes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every {@link ObjectStore} must do. */
public abstract class ObjectStoreContract {
  /** An open store, the same one during a test. Its content at the start does not matter. */
  protected abstract ObjectStore store() throws Exception;

  /** How many bytes take the longest way through the store, such as several parts. */
  protected int largeSize() {
    return 1_000_003;
  }

  /**
   * Whether a failed upload in parts keeps the object it was to replace; false only for a stand-in
   * that does not.
   */
  protected boolean keepsOldObjectOfFailedUpload() {
    return true;
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 1000, 262_144, 262_145})
  void what_was_put_is_read_back(int size) throws Exception {
    Bytes bytes = Bytes.random(size);

    store().put("size/" + size, bytes, TransferProgress.NONE);

    assertThat(read("size/" + size)).isEqualTo(bytes.content());
  }

  @Test
  void a_large_object_is_read_back_and_its_progress_adds_up() throws Exception {
    Bytes bytes = Bytes.random(largeSize()).inParts();
    Counting progress = new Counting(Long.MAX_VALUE);

    store().put("large", bytes, progress);

    assertThat(read("large")).isEqualTo(bytes.content());
    assertThat(progress.bytes).hasValue(largeSize());
  }

  @Test
  void stat_tells_size_and_nothing_of_what_is_not_there() throws Exception {
    store().put("there", Bytes.of("hello"), TransferProgress.NONE);

    assertThat(store().stat("there").orElseThrow().size()).isEqualTo(5);
    assertThat(store().stat("not/there")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "plain",
        "a b+c%20d",
        "dir/sub/file",
        ".hidden",
        "a:b",
        "ünï/中文",
        "😀",
        "q?x=1&y#z",
        "it's \"quoted\""
      })
  void keys_are_any_text(String key) throws Exception {
    store().put(key, Bytes.of(key), TransferProgress.NONE);

    assertThat(new String(read(key), java.nio.charset.StandardCharsets.UTF_8)).isEqualTo(key);
    assertThat(store().delete(key)).isTrue();
    assertThat(store().stat(key)).isEmpty();
  }

  @Test
  void a_put_replaces_and_changes_the_fingerprint() throws Exception {
    store().put("k", Bytes.of("one"), TransferProgress.NONE);
    String before = store().stat("k").orElseThrow().fingerprint();

    store().put("k", Bytes.of("two"), TransferProgress.NONE);

    assertThat(read("k")).isEqualTo("two".getBytes(java.nio.charset.StandardCharsets.UTF_8));
    assertThat(store().stat("k").orElseThrow().fingerprint()).isNotEqualTo(before);
  }

  @Test
  void ranges_are_what_was_asked_for() throws Exception {
    Bytes bytes = Bytes.random(1000);
    store().put("ranges", bytes, TransferProgress.NONE);
    StoredObject object = store().stat("ranges").orElseThrow();

    assertThat(read(object, new ByteRange(10, 20)))
        .isEqualTo(java.util.Arrays.copyOfRange(bytes.content(), 10, 30));
    assertThat(read(object, new ByteRange(999, 1)))
        .isEqualTo(java.util.Arrays.copyOfRange(bytes.content(), 999, 1000));
  }

  @Test
  void an_object_that_was_replaced_or_removed_is_not_opened() throws Exception {
    store().put("steady", Bytes.of("one"), TransferProgress.NONE);
    StoredObject old = store().stat("steady").orElseThrow();

    store().put("steady", Bytes.of("two"), TransferProgress.NONE);
    assertThatThrownBy(() -> read(old, ByteRange.whole(3))).satisfies(kind(Kind.CHANGED));

    store().delete("steady");
    assertThatThrownBy(() -> read(old, ByteRange.whole(3)))
        .satisfies(kind(Kind.GONE, Kind.CHANGED));
  }

  @Test
  void a_failing_source_leaves_the_old_object_and_its_error_comes_through() throws Exception {
    for (Bytes bytes : List.of(Bytes.random(largeSize()).inParts(), Bytes.random(1000))) {
      store().put("old", Bytes.of("old"), TransferProgress.NONE);

      assertThatThrownBy(() -> store().put("old", new Failing(bytes), TransferProgress.NONE))
          .satisfies(kind(Kind.CHANGED));
      if (keepsOldObjectOfFailedUpload() || !bytes.writtenInParts()) {
        assertThat(read("old")).isEqualTo("old".getBytes(java.nio.charset.StandardCharsets.UTF_8));
      }

      assertThatThrownBy(() -> store().put("new", new Failing(bytes), TransferProgress.NONE))
          .satisfies(kind(Kind.CHANGED));
      assertThat(store().stat("new")).isEmpty();
    }
  }

  @Test
  void a_cancelled_put_leaves_nothing() throws Exception {
    Counting stopsAtOnce = new Counting(0);
    assertThatThrownBy(
            () -> store().put("cancelled", Bytes.random(largeSize()).inParts(), stopsAtOnce))
        .satisfies(kind(Kind.CANCELLED));

    assertThat(store().stat("cancelled")).isEmpty();
  }

  @Test
  void delete_says_whether_there_was_one() throws Exception {
    store().put("a/b/c", Bytes.of("x"), TransferProgress.NONE);

    assertThat(store().delete("a/b/c")).isTrue();
    assertThat(store().delete("a/b/c")).isFalse();
    assertThat(store().stat("a/b/c")).isEmpty();
  }

  @Test
  void only_the_object_that_was_looked_at_is_deleted() throws Exception {
    store().put("gc", Bytes.of("one"), TransferProgress.NONE);
    String one = store().stat("gc").orElseThrow().fingerprint();
    store().put("gc", Bytes.of("two"), TransferProgress.NONE);
    String two = store().stat("gc").orElseThrow().fingerprint();

    assertThat(store().deleteIfUnchanged("gc", one)).isFalse();
    assertThat(store().stat("gc")).isPresent();
    assertThat(store().deleteIfUnchanged("gc", two)).isTrue();
    assertThat(store().deleteIfUnchanged("gc", two)).isFalse();
    assertThat(store().stat("gc")).isEmpty();
  }

  /** Reads all of an object. */
  protected final byte[] read(String key) throws Exception {
    StoredObject object = store().stat(key).orElseThrow();
    return object.size() == 0 ? new byte[0] : read(object, ByteRange.whole(object.size()));
  }

  /** Reads a part of an object. */
  protected final byte[] read(StoredObject object, ByteRange range) throws Exception {
    ByteArrayOutputStream read = new ByteArrayOutputStream();
    ByteBuffer buffer = ByteBuffer.allocate(700);
    try (ReadableByteChannel channel = store().open(object, range)) {
      while (channel.read(buffer.clear()) >= 0) {
        read.write(buffer.array(), 0, buffer.position());
      }
    }
    return read.toByteArray();
  }

  /** Expects an {@link ObjectStoreException} of one of these kinds. */
  protected static java.util.function.Consumer<Throwable> kind(Kind... kinds) {
    return error -> {
      assertThat(error).isInstanceOf(ObjectStoreException.class);
      assertThat(((ObjectStoreException) error).kind()).isIn((Object[]) kinds);
      assertThat(error.getMessage()).isNotBlank();
    };
  }

  /** Counts, and cancels from so many bytes on. */
  protected static final class Counting implements TransferProgress {
    final AtomicLong bytes = new AtomicLong();
    private final long cancelAt;

    Counting(long cancelAt) {
      this.cancelAt = cancelAt;
    }

    @Override
    public void transferred(long more) {
      bytes.addAndGet(more);
    }

    @Override
    public boolean cancelled() {
      return bytes.get() >= cancelAt;
    }
  }

  /**
   * A source that turns out to have changed when its last byte is read, as an {@link
   * ObjectStore#open} channel does.
   */
  private record Failing(ObjectSource source) implements ObjectSource {
    @Override
    public long size() {
      return source.size();
    }

    @Override
    public ReadableByteChannel open(ByteRange range) throws ObjectStoreException {
      ReadableByteChannel channel = source.open(range);
      return new ReadableByteChannel() {
        private long left = range.length();

        @Override
        public int read(ByteBuffer target) throws IOException {
          int read = channel.read(target);
          left -= Math.max(read, 0);
          if (left == 0 && range.end() == size()) {
            throw new ObjectStoreException(Kind.CHANGED, "source changed");
          }
          return read;
        }

        @Override
        public boolean isOpen() {
          return channel.isOpen();
        }

        @Override
        public void close() throws IOException {
          channel.close();
        }
      };
    }

    @Override
    public Instant lastModified() {
      return source.lastModified();
    }

    @Override
    public String contentType() {
      return source.contentType();
    }

    @Override
    public Map<String, String> userMetadata() {
      return source.userMetadata();
    }

    @Override
    public boolean writtenInParts() {
      return source.writtenInParts();
    }
  }
}
