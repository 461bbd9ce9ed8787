package io.backbeat.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.backbeat.bulk.BulkTaskStore;
import io.backbeat.bulk.BulkTaskStore.Stored;
import io.backbeat.testing.Concurrently;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a {@link BulkTaskStore} promises. */
public abstract class BulkTaskStoreContract {
  private BulkTaskStore store;

  /** An empty store. */
  protected abstract BulkTaskStore create() throws Exception;

  @BeforeEach
  void createStore() throws Exception {
    store = create();
  }

  @Test
  void task_that_was_never_written_is_not_there() {
    assertThat(store.load("a")).isEmpty();
    assertThat(store.list()).isEmpty();
    assertThat(store.compareAndSet("a", 1, "{}")).isFalse();
    assertThat(store.remove("a", 0)).isFalse();
    assertThat(store.remove("a", 1)).isFalse();
    assertThat(store.list()).isEmpty();
  }

  @Test
  void document_is_kept_character_by_character_and_its_revision_grows() {
    String document = "{\"prefix\":\"日本 \ud83d\ude80\",\"cursor\":\"\\u0000\"}\n";

    assertThat(store.compareAndSet("a", 0, "{}")).isTrue();
    assertThat(store.compareAndSet("a", 1, document)).isTrue();

    assertThat(store.load("a")).contains(new Stored("a", document, 2));
  }

  @Test
  void tasks_are_kept_apart_and_listed_together() {
    store.compareAndSet("a", 0, "1");
    store.compareAndSet("b", 0, "2");
    store.compareAndSet("b", 1, "3");

    assertThat(store.list())
        .containsExactlyInAnyOrder(new Stored("a", "1", 1), new Stored("b", "3", 2));
  }

  @Test
  void second_writer_on_one_revision_is_refused_and_changes_nothing() {
    store.compareAndSet("a", 0, "first");

    assertThat(store.compareAndSet("a", 0, "second")).isFalse();
    assertThat(store.compareAndSet("a", 2, "second")).isFalse();
    assertThat(store.load("a")).contains(new Stored("a", "first", 1));
  }

  @Test
  void removed_task_is_gone_and_may_come_again() {
    store.compareAndSet("a", 0, "first");

    assertThat(store.remove("a", 2)).isFalse();
    assertThat(store.remove("a", 1)).isTrue();
    assertThat(store.load("a")).isEmpty();
    assertThat(store.compareAndSet("a", 0, "again")).isTrue();
  }

  @Test
  void of_many_writers_one_wins_each_revision() throws Exception {
    var wins =
        Concurrently.run(
            8,
            thread -> {
              int won = 0;
              for (int revision = 0; revision < 10; revision++) {
                won += store.compareAndSet("a", revision, "x") ? 1 : 0;
              }
              return won;
            });

    assertThat(wins.stream().mapToInt(Integer::intValue).sum())
        .isEqualTo((int) store.load("a").orElseThrow().revision());
  }
}
