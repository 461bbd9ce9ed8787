package io.backbeat.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.backbeat.api.LocationName;
import io.backbeat.api.ObjectVersion;
import io.backbeat.api.Transition;
import io.backbeat.api.Transition.Event;
import io.backbeat.status.HistoryKey;
import io.backbeat.status.Retention;
import io.backbeat.status.TransitionStore;
import io.backbeat.testing.Concurrently;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a {@link TransitionStore} promises. */
public abstract class TransitionStoreContract {
  private static final Instant AT = Instant.parse("2026-11-22T10:00:00.123Z");
  private static final LocationName PARIS = LocationName.of("paris");
  private static final LocationName TOKYO = LocationName.of("tokyo");
  private static final ObjectVersion CAT =
      new ObjectVersion("photos", "dir/a:b\n\uD83D\uDE00", "v1");
  private static final HistoryKey AT_PARIS = HistoryKey.of(CAT, PARIS);
  private static final Retention RETENTION = new Retention(5, Duration.ofDays(7));

  private TransitionStore store;

  /** An empty store. */
  protected abstract TransitionStore create() throws Exception;

  @BeforeEach
  void createStore() throws Exception {
    store = create();
  }

  private static Transition at(int second) {
    return at(AT.plusSeconds(second), "no answer " + second);
  }

  private static Transition at(Instant at, String message) {
    return new Transition(
        at, Event.ATTEMPT_FAILED, 3, Optional.of(at.plusMillis(7)), "Timeout", message);
  }

  private static List<Transition> range(int from, int to) {
    return IntStream.range(from, to).mapToObj(TransitionStoreContract::at).toList();
  }

  private List<Transition> found(HistoryKey key) {
    return store.find(List.of(key)).getOrDefault(key, List.of());
  }

  @Test
  void empty_store_has_no_history() {
    assertThat(store.find(List.of(AT_PARIS, HistoryKey.of(PARIS)))).isEmpty();
    assertThat(store.known(List.of(AT_PARIS))).isEmpty();
    assertThat(store.find(List.of())).isEmpty();
    assertThat(store.known(Set.of())).isEmpty();
  }

  @Test
  void transition_is_found_with_all_it_had() {
    Transition plain = Transition.of(AT.plusSeconds(1), Event.COMPLETED, 0);
    store.append(Map.of(AT_PARIS, List.of(at(0), plain)), RETENTION);

    assertThat(found(AT_PARIS)).containsExactly(plain, at(0));
  }

  @Test
  void histories_are_told_apart_by_every_part_of_their_keys() {
    List<HistoryKey> keys =
        List.of(
            AT_PARIS,
            HistoryKey.of(CAT, TOKYO),
            HistoryKey.of(new ObjectVersion("photos", CAT.key(), "v2"), PARIS),
            HistoryKey.of(new ObjectVersion("photo", CAT.key(), "v1"), PARIS),
            HistoryKey.of(ObjectVersion.unversioned("photos", CAT.key()), PARIS),
            HistoryKey.of(new ObjectVersion("photos", CAT.key() + "x", "v1"), PARIS),
            HistoryKey.of(PARIS),
            HistoryKey.of(TOKYO));
    Map<HistoryKey, List<Transition>> all = new HashMap<>();
    keys.forEach(key -> all.put(key, List.of(at(AT, key.toString()))));
    store.append(all, RETENTION);

    assertThat(store.find(keys)).isEqualTo(all);
    assertThat(store.known(keys)).containsExactlyInAnyOrderElementsOf(keys);
    keys.forEach(key -> assertThat(found(key)).isEqualTo(all.get(key)));
  }

  @Test
  void newest_come_first_also_over_several_calls() {
    store.append(Map.of(AT_PARIS, range(0, 2)), RETENTION);
    store.append(Map.of(AT_PARIS, List.of(at(2))), RETENTION);

    assertThat(found(AT_PARIS)).containsExactly(at(2), at(1), at(0));
  }

  @Test
  void of_the_same_instant_the_one_added_last_is_the_newest() {
    store.append(Map.of(AT_PARIS, List.of(at(AT, "a"), at(AT, "b"))), RETENTION);
    store.append(Map.of(AT_PARIS, List.of(at(AT, "c"))), RETENTION);

    assertThat(found(AT_PARIS)).extracting(Transition::message).containsExactly("c", "b", "a");
  }

  @Test
  void no_more_than_the_newest_are_kept_of_each_history() {
    HistoryKey other = HistoryKey.of(CAT, TOKYO);
    store.append(Map.of(AT_PARIS, range(0, 4), other, range(0, 5)), RETENTION);
    store.append(Map.of(AT_PARIS, range(4, 7)), RETENTION);

    assertThat(found(AT_PARIS)).containsExactly(at(6), at(5), at(4), at(3), at(2));
    assertThat(found(other)).hasSize(5);

    store.append(Map.of(AT_PARIS, range(10, 30)), RETENTION);
    assertThat(found(AT_PARIS)).containsExactly(at(29), at(28), at(27), at(26), at(25));
  }

  @Test
  void appending_nothing_changes_nothing() {
    store.append(Map.of(), RETENTION);
    store.append(Map.of(AT_PARIS, List.of()), RETENTION);

    assertThat(store.find(List.of(AT_PARIS))).isEmpty();
    assertThat(store.known(List.of(AT_PARIS))).isEmpty();
  }

  @Test
  void known_are_those_with_a_transition_among_very_many() {
    store.append(Map.of(AT_PARIS, List.of(at(0)), HistoryKey.of(TOKYO), List.of(at(0))), RETENTION);
    List<HistoryKey> many =
        IntStream.range(0, 2_500)
            .mapToObj(n -> HistoryKey.of(new ObjectVersion("photos", "k" + n, "v"), PARIS))
            .toList();

    assertThat(store.known(many)).isEmpty();
    List<HistoryKey> all = new java.util.ArrayList<>(many);
    all.add(1_700, AT_PARIS);
    all.add(HistoryKey.of(TOKYO));
    all.add(HistoryKey.of(PARIS));
    assertThat(store.known(all)).containsExactlyInAnyOrder(AT_PARIS, HistoryKey.of(TOKYO));
  }

  @Test
  void what_several_threads_append_is_all_kept() throws Exception {
    Retention wide = new Retention(1_000, Duration.ofDays(7));
    Concurrently.run(
        8,
        thread -> {
          for (int i = 0; i < 10; i++) {
            store.append(Map.of(AT_PARIS, List.of(at(AT, thread + ":" + i))), wide);
          }
          return thread;
        });

    assertThat(found(AT_PARIS)).extracting(Transition::message).doesNotHaveDuplicates().hasSize(80);
  }
}
