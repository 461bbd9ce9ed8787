package io.backbeat.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class WriterTest {
  @TempDir Path directory;
  private Writer writer;
  private Readers readers;

  @BeforeEach
  void open() {
    StoreFile file = StoreFile.in(directory, StoreFile.DRIVER);
    Db db = file.openWriter(Long.MAX_VALUE);
    writer = new Writer(file.path(), db);
    readers = new Readers(file.path(), file.openReaders(1, db));
    writer.start();
  }

  @AfterEach
  void close() {
    readers.close();
    writer.close();
  }

  private static int save(Db db, String log) throws java.sql.SQLException {
    return db.update("INSERT INTO log_position VALUES (?, '')", log);
  }

  private List<String> saved() {
    return readers.read(
        db -> db.list("SELECT log FROM log_position ORDER BY log", row -> row.getString(1)));
  }

  /**
   * Keeps the writer busy until the latch opens, so that what is submitted meanwhile forms one
   * group.
   */
  private CompletableFuture<Boolean> hold(CountDownLatch until) {
    CountDownLatch started = new CountDownLatch(1);
    CompletableFuture<Boolean> held =
        writer.submit(
            db -> {
              started.countDown();
              return awaited(until);
            });
    assertThat(awaited(started)).isTrue();
    return held;
  }

  private static boolean awaited(CountDownLatch latch) {
    try {
      return latch.await(30, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void writes_that_come_during_a_commit_share_the_next_one() {
    CountDownLatch latch = new CountDownLatch(1);
    hold(latch);
    List<CompletableFuture<Integer>> group = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      String log = "log-" + i;
      group.add(writer.submit(db -> save(db, log)));
    }
    latch.countDown();

    group.forEach(CompletableFuture::join);

    assertThat(writer.commits()).isEqualTo(2);
    assertThat(saved()).hasSize(100);
  }

  @Test
  void failing_write_fails_alone_and_leaves_nothing_behind() {
    AtomicInteger rollbacks = new AtomicInteger();
    writer.onRollback(rollbacks::incrementAndGet);
    CountDownLatch latch = new CountDownLatch(1);
    hold(latch);
    CompletableFuture<Integer> first = writer.submit(db -> save(db, "a"));
    CompletableFuture<Integer> failing =
        writer.submit(
            db -> {
              save(db, "b");
              throw new IllegalArgumentException("no good");
            });
    CompletableFuture<Integer> last = writer.submit(db -> save(db, "c"));
    latch.countDown();

    assertThat(first.join()).isEqualTo(1);
    assertThat(last.join()).isEqualTo(1);
    assertThatThrownBy(() -> Writer.await(failing))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("no good");
    assertThat(saved()).containsExactly("a", "c");
    assertThat(rollbacks).hasPositiveValue();
  }

  @Test
  void lazy_write_goes_with_the_next_one() {
    CompletableFuture<Integer> lazy = writer.submitLazily(db -> save(db, "lazy"));
    writer.write(db -> save(db, "urgent"));

    assertThat(lazy).isDone();
    assertThat(saved()).containsExactly("lazy", "urgent");
  }

  @Test
  void lazy_write_is_written_soon_also_when_nothing_follows() {
    writer.submitLazily(db -> save(db, "lazy")).join();

    assertThat(saved()).containsExactly("lazy");
  }

  @Test
  void close_finishes_what_was_asked_for() {
    List<CompletableFuture<Integer>> asked = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      String log = "log-" + i;
      asked.add(writer.submitLazily(db -> save(db, log)));
    }
    writer.close();

    assertThat(asked).allMatch(CompletableFuture::isDone);
    assertThat(saved()).hasSize(300);
  }

  @Test
  void interrupted_caller_still_gets_its_answer_and_keeps_the_interrupt() {
    Thread.currentThread().interrupt();

    int rows = writer.write(db -> save(db, "a"));

    assertThat(rows).isEqualTo(1);
    assertThat(Thread.interrupted()).isTrue();
  }
}
