package io.backbeat.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.backbeat.api.BackbeatException;
import io.backbeat.api.ErrorCode;
import io.backbeat.log.LogPosition;
import io.backbeat.log.LogPositionStore;
import io.backbeat.testing.Concurrently;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a {@link LogPositionStore} promises. */
public abstract class LogPositionStoreContract {
  private LogPositionStore store;

  /** An empty store. */
  protected abstract LogPositionStore create() throws Exception;

  @BeforeEach
  void createStore() throws Exception {
    store = create();
  }

  @Test
  void log_that_was_never_read_has_no_position() {
    assertThat(store.load("journal")).isEmpty();
  }

  @Test
  void saved_position_is_loaded() {
    store.save("journal", new LogPosition("42"));

    assertThat(store.load("journal")).contains(new LogPosition("42"));
  }

  @Test
  void later_position_replaces_the_earlier() {
    store.save("journal", new LogPosition("42"));
    store.save("journal", new LogPosition("7"));

    assertThat(store.load("journal")).contains(new LogPosition("7"));
  }

  @Test
  void logs_of_different_names_have_positions_of_their_own() {
    store.save("journal", new LogPosition("42"));
    store.save("Journal", new LogPosition("43"));

    assertThat(store.load("journal")).contains(new LogPosition("42"));
    assertThat(store.load("Journal")).contains(new LogPosition("43"));
    assertThat(store.load("journa")).isEmpty();
  }

  @Test
  void position_is_kept_character_by_character() {
    LogPosition resumeToken = new LogPosition("{\"_data\":\"82é\u0000\uD83D\uDE00\n\"}");
    store.save("journal", resumeToken);

    assertThat(store.load("journal")).contains(resumeToken);
  }

  @Test
  void beginning_can_be_saved() {
    store.save("journal", new LogPosition("42"));
    store.save("journal", LogPosition.BEGINNING);

    assertThat(store.load("journal")).contains(LogPosition.BEGINNING);
  }

  @Test
  void positions_saved_by_several_threads_are_all_kept() throws Exception {
    Concurrently.run(
        8,
        thread -> {
          for (int i = 0; i <= 20; i++) {
            store.save("log-" + thread, new LogPosition(thread + ":" + i));
          }
          return thread;
        });

    for (int thread = 0; thread < 8; thread++) {
      assertThat(store.load("log-" + thread)).contains(new LogPosition(thread + ":20"));
    }
  }

  /**
   * The same positions as another process sees them, for a store that compares before it saves. A
   * store of one process has nobody to compare with.
   */
  protected Optional<LogPositionStore> otherProcess() {
    return Optional.empty();
  }

  @Test
  void save_that_another_process_was_faster_than_changes_nothing_where_the_store_compares() {
    Optional<LogPositionStore> other = otherProcess();
    assumeThat(other).as("compares").isPresent();
    store.save("journal", new LogPosition("1"));
    assertThat(other.get().load("journal")).contains(new LogPosition("1"));
    other.get().save("journal", new LogPosition("2"));

    assertThatThrownBy(() -> store.save("journal", new LogPosition("3")))
        .isInstanceOfSatisfying(
            BackbeatException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CONFLICT));
    assertThat(store.load("journal")).contains(new LogPosition("2"));
    store.save("journal", new LogPosition("3"));
    assertThat(other.get().load("journal")).contains(new LogPosition("3"));
  }
}
