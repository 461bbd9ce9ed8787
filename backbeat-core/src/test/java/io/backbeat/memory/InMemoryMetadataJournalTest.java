package io.backbeat.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.backbeat.contract.MetadataJournalContract;
import io.backbeat.log.LogPosition;
import io.backbeat.log.MetadataJournal;
import io.backbeat.store.Stores;
import java.time.Duration;
import java.util.function.BiConsumer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

final class InMemoryMetadataJournalTest extends MetadataJournalContract {
  @Override
  protected Stores create() {
    return new InMemoryStores();
  }

  @Test
  void close_ends_a_waiting_read() {
    endsWaiting((journal, reader) -> journal.close());
  }

  @Test
  void interrupt_ends_a_waiting_read() {
    endsWaiting((journal, reader) -> reader.interrupt());
  }

  private void endsWaiting(BiConsumer<MetadataJournal, Thread> ending) {
    MetadataJournal journal = create().journal();
    Thread reader =
        new Thread(() -> journal.read(LogPosition.BEGINNING, 1, Duration.ofHours(1)), "reader");
    reader.setDaemon(true);
    reader.start();
    Awaitility.await().until(() -> reader.getState() == Thread.State.TIMED_WAITING);

    ending.accept(journal, reader);

    Awaitility.await().until(() -> !reader.isAlive());
    assertThat(journal.lag(LogPosition.BEGINNING)).isZero();
  }
}
