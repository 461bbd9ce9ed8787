package io.backbeat.server.golden;

import static org.assertj.core.api.Assertions.assertThat;

import io.backbeat.server.http.ErrorForm;
import io.backbeat.testing.MutableClock;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every recorded answer of the original is ours too, or is listed with its reason in {@code
 * docs/reference/differences.md}; and nothing is listed that is the same. All records are replayed
 * once, before the tests.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class GoldenContract {
  private final List<ListedDifference> listed;
  private final Map<String, GoldenRecord> records = new LinkedHashMap<>();
  private final Map<String, List<Answer>> ours = new HashMap<>();
  private final Map<String, List<Answer>> oursInOneKey = new HashMap<>();

  GoldenContract(ListedDifference.Where where) {
    this.listed = ListedDifference.on(where);
  }

  /** A ground for the records of one mode, which are replayed one after the other. */
  abstract Ground ground(Recording recording, String mode, MutableClock clock, Path directory);

  @BeforeAll
  void replay(@TempDir Path directory) {
    Recording recording = Recording.load();
    for (String mode : List.of("prod", "ci")) {
      MutableClock clock = new MutableClock(Instant.EPOCH);
      Ground ground = ground(recording, mode, clock, directory.resolve(mode));
      try (Scene scene = new Scene(recording, mode, ground, clock)) {
        recording.records().stream()
            .filter(record -> record.mode().equals(mode))
            .forEach(record -> replay(scene, new Unrecorded(recording), record));
      }
    }
  }

  private void replay(Scene scene, Unrecorded unrecorded, GoldenRecord record) {
    unrecorded.before(record).forEach(scene::replay);
    records.put(record.id(), record);
    Map<ErrorForm, List<Answer>> answers = scene.replay(record);
    ours.put(record.id(), answers.getOrDefault(ErrorForm.THREE_KEY, List.of()));
    if (answers.containsKey(ErrorForm.ONE_KEY)) {
      oursInOneKey.put(record.id(), answers.getOrDefault(ErrorForm.ONE_KEY, List.of()));
    }
  }

  @Test
  void recording_is_complete() {
    assertThat(records).hasSize(731);
  }

  @Test
  void every_answer_is_the_recorded_one_or_listed() {
    Set<String> excused = listedIds();
    List<String> unlisted =
        compared()
            .filter(record -> !excused.contains(record.id()))
            .flatMap(record -> difference(record).map(d -> record + "\n   " + d).stream())
            .toList();
    assertThat(unlisted).as("answers that differ and are not listed").isEmpty();
  }

  @Test
  void every_error_is_the_recorded_one_to_the_byte_in_the_form_of_one_key() {
    Set<String> excused = listedIds();
    assertThat(oursInOneKey).hasSizeGreaterThan(250);
    assertThat(
            compared()
                .filter(record -> oursInOneKey.containsKey(record.id()))
                .filter(record -> !excused.contains(record.id()))
                .flatMap(
                    record ->
                        Comparison.difference(
                            record.answers(),
                            oursInOneKey.getOrDefault(record.id(), List.of()),
                            ErrorForm.ONE_KEY)
                            .map(d -> record + "\n   " + d)
                            .stream()))
        .isEmpty();
  }

  @Test
  void every_listed_answer_differs() {
    Set<String> excused = listedIds();
    assertThat(
            compared()
                .filter(record -> excused.contains(record.id()))
                .filter(record -> difference(record).isEmpty())
                .map(GoldenRecord::id))
        .as("listed, and yet the same")
        .isEmpty();
  }

  @Test
  void every_listed_record_exists_and_is_listed_once() {
    List<String> ids = listed.stream().flatMap(row -> row.records().stream()).toList();
    assertThat(ids).doesNotHaveDuplicates().isSubsetOf(records.keySet());
    assertThat(listed).extracting(row -> row.id() + row.where()).doesNotHaveDuplicates();
  }

  @Test
  void listed_records_are_answered_as_the_list_says() {
    List<String> wrong = new ArrayList<>();
    for (ListedDifference row : listed) {
      for (String id : row.records()) {
        String answer = outcome(ours.getOrDefault(id, List.of()));
        if (!answer.equals(row.answer())) {
          wrong.add(
              row.id() + " says " + row.answer() + ", not " + answer + ": " + records.get(id));
        }
      }
    }
    assertThat(wrong).isEmpty();
  }

  /** Where only the order differs, what is listed does not. */
  @Test
  void lists_in_another_order_have_the_same_entries() {
    assertThat(listedAs("order")).isNotEmpty();
    for (GoldenRecord record : listedAs("order")) {
      assertThat(entries(answers(record))).as(record.id()).hasSizeGreaterThan(1);
      assertThat(entries(answers(record))).as(record.id()).isEqualTo(entries(record.answers()));
    }
  }

  final List<GoldenRecord> listedAs(String difference) {
    return listed.stream()
        .filter(row -> row.id().equals(difference))
        .flatMap(row -> row.records().stream())
        .map(records::get)
        .toList();
  }

  final List<Answer> answers(GoldenRecord record) {
    return ours.getOrDefault(record.id(), List.of());
  }

  /** The entries of a list, in any order. */
  static Set<String> entries(List<Answer> answers) {
    return Arrays.stream(answers.get(0).body().split("(?<=})|(?=\\{)"))
        .filter(part -> part.contains("\"Bucket\""))
        .collect(Collectors.toSet());
  }

  /** Those that are to be answered as recorded. */
  final Stream<GoldenRecord> unlisted() {
    Set<String> excused = listedIds();
    return compared().filter(record -> !excused.contains(record.id()));
  }

  private Stream<GoldenRecord> compared() {
    return records.values().stream();
  }

  private Optional<String> difference(GoldenRecord record) {
    return Comparison.difference(record.answers(), answers(record), ErrorForm.THREE_KEY);
  }

  private Set<String> listedIds() {
    Set<String> ids = new LinkedHashSet<>();
    listed.forEach(row -> ids.addAll(row.records()));
    return ids;
  }

  /** {@code 200}, or {@code 404 RouteNotFound} for an error in our form. */
  private static String outcome(List<Answer> answers) {
    if (answers.size() != 1) {
      return answers.size() + " answers";
    }
    Answer only = answers.get(0);
    return only.status() + Comparison.errorName(only).map(name -> ' ' + name).orElse("");
  }
}
