package io.backbeat.contract;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.backbeat.log.LogPosition;
import io.backbeat.log.QuarantineStore;
import io.backbeat.log.QuarantinedEntry;
import io.backbeat.testing.Concurrently;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a {@link QuarantineStore} promises. */
public abstract class QuarantineStoreContract {
  private static final Instant AT = Instant.parse("2026-11-22T10:00:00.123Z");

  private QuarantineStore store;

  /** An empty store. */
  protected abstract QuarantineStore create() throws Exception;

  @BeforeEach
  void createStore() throws Exception {
    store = create();
  }

  private static QuarantinedEntry entry(String position) {
    return entry(position, "not JSON");
  }

  private static QuarantinedEntry entry(String position, String reason) {
    byte[] value = ("value of " + position).getBytes(UTF_8);
    return new QuarantinedEntry(new LogPosition(position), "bucket", "key", value, reason, AT);
  }

  private static List<String> positions(List<QuarantinedEntry> entries) {
    return entries.stream().map(e -> e.position().value()).toList();
  }

  @Test
  void empty_store_has_nothing() {
    assertThat(store.count()).isZero();
    assertThat(store.list(10)).isEmpty();
    assertThat(store.find(new LogPosition("1"))).isEmpty();
  }

  @Test
  void record_is_found_with_all_it_had() {
    byte[] bytes = {0, (byte) 0xff, 10, (byte) 0xc3};
    QuarantinedEntry odd =
        new QuarantinedEntry(
            new LogPosition("17"), "b", "dir/a:b\n\uD83D\uDE00", bytes, "expected an object", AT);
    store.add(List.of(odd));

    QuarantinedEntry found = store.find(odd.position()).orElseThrow();
    assertThat(found.bucket()).isEqualTo(odd.bucket());
    assertThat(found.key()).isEqualTo(odd.key());
    assertThat(found.value()).containsExactly(bytes);
    assertThat(found.reason()).isEqualTo(odd.reason());
    assertThat(found.at()).isEqualTo(AT);
  }

  @Test
  void record_without_bucket_key_and_bytes_is_kept() {
    LogPosition position = new LogPosition("1");
    store.add(List.of(new QuarantinedEntry(position, "", "", new byte[0], "empty record", AT)));

    QuarantinedEntry found = store.find(position).orElseThrow();
    assertThat(found.bucket()).isEmpty();
    assertThat(found.key()).isEmpty();
    assertThat(found.value()).isEmpty();
  }

  @Test
  void records_are_listed_in_the_order_they_were_set_aside() {
    store.add(List.of(entry("30"), entry("4")));
    store.add(List.of(entry("100")));

    assertThat(positions(store.list(10))).containsExactly("30", "4", "100");
  }

  @Test
  void list_gives_no_more_than_asked() {
    store.add(List.of(entry("1"), entry("2"), entry("3")));

    assertThat(positions(store.list(2))).containsExactly("1", "2");
  }

  @Test
  void record_of_a_position_set_aside_before_is_replaced() {
    store.add(List.of(entry("1", "first reason")));
    store.add(List.of(entry("1", "second reason")));

    assertThat(store.count()).isOne();
    assertThat(store.find(new LogPosition("1")).orElseThrow().reason()).isEqualTo("second reason");
  }

  @Test
  void removed_record_is_gone_and_the_others_stay() {
    store.add(List.of(entry("1"), entry("2"), entry("3")));

    assertThat(store.remove(new LogPosition("2"))).isTrue();
    assertThat(positions(store.list(10))).containsExactly("1", "3");
    assertThat(store.find(new LogPosition("2"))).isEmpty();
    assertThat(store.count()).isEqualTo(2);
  }

  @Test
  void removing_what_is_not_there_says_so() {
    store.add(List.of(entry("1")));

    assertThat(store.remove(new LogPosition("2"))).isFalse();
    assertThat(store.remove(new LogPosition("1"))).isTrue();
    assertThat(store.remove(new LogPosition("1"))).isFalse();
  }

  @Test
  void adding_nothing_changes_nothing() {
    store.add(List.of());

    assertThat(store.count()).isZero();
  }

  @Test
  void records_added_by_several_threads_are_all_kept() throws Exception {
    Concurrently.run(
        8,
        thread -> {
          for (int i = 0; i < 20; i++) {
            store.add(List.of(entry(thread + ":" + i)));
          }
          return thread;
        });

    assertThat(store.count()).isEqualTo(160);
    assertThat(positions(store.list(1000))).doesNotHaveDuplicates().hasSize(160);
  }

  @Test
  void one_of_several_threads_removes_a_record() throws Exception {
    store.add(List.of(entry("1")));

    List<Boolean> removed = Concurrently.run(8, thread -> store.remove(new LogPosition("1")));

    assertThat(removed).filteredOn(r -> r).hasSize(1);
  }
}
