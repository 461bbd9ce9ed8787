package io.backbeat.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.backbeat.api.ServiceName;
import io.backbeat.testing.Concurrently;
import io.backbeat.workflow.WorkflowStateStore;
import io.backbeat.workflow.WorkflowStateStore.Stored;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a {@link WorkflowStateStore} promises. */
public abstract class WorkflowStateStoreContract {
  private WorkflowStateStore store;

  /** An empty store. */
  protected abstract WorkflowStateStore create() throws Exception;

  @BeforeEach
  void createStore() throws Exception {
    store = create();
  }

  @Test
  void service_that_was_never_written_has_nothing() {
    assertThat(store.load(ServiceName.REPLICATION)).isEmpty();
    assertThat(store.compareAndSet(ServiceName.REPLICATION, 1, "{}")).isFalse();
    assertThat(store.load(ServiceName.REPLICATION)).isEmpty();
  }

  @Test
  void document_is_kept_character_by_character_and_its_revision_grows() {
    String document =
        "{\"workflows\":{\"bücket\":{\"日本 \ud83d\ude80\":{}}},\"overlayVersion\":1.50}\n";

    assertThat(store.compareAndSet(ServiceName.REPLICATION, 0, "{}")).isTrue();
    assertThat(store.compareAndSet(ServiceName.REPLICATION, 1, document)).isTrue();

    assertThat(store.load(ServiceName.REPLICATION)).contains(new Stored(document, 2));
  }

  @Test
  void services_are_kept_apart() {
    store.compareAndSet(ServiceName.REPLICATION, 0, "{}");

    assertThat(store.load(ServiceName.LIFECYCLE)).isEmpty();
  }

  @Test
  void second_writer_on_one_revision_is_refused_and_changes_nothing() {
    store.compareAndSet(ServiceName.REPLICATION, 0, "first");

    assertThat(store.compareAndSet(ServiceName.REPLICATION, 0, "second")).isFalse();
    assertThat(store.compareAndSet(ServiceName.REPLICATION, 2, "second")).isFalse();
    assertThat(store.load(ServiceName.REPLICATION)).contains(new Stored("first", 1));
  }

  @Test
  void of_many_writers_one_wins_each_revision() throws Exception {
    var wins =
        Concurrently.run(
            8,
            thread -> {
              int won = 0;
              for (int revision = 0; revision < 10; revision++) {
                won += store.compareAndSet(ServiceName.LIFECYCLE, revision, "x") ? 1 : 0;
              }
              return won;
            });

    assertThat(wins.stream().mapToInt(Integer::intValue).sum())
        .isEqualTo((int) store.load(ServiceName.LIFECYCLE).orElseThrow().revision());
  }
}
