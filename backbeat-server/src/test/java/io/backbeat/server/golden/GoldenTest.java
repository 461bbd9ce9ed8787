package io.backbeat.server.golden;

import static org.assertj.core.api.Assertions.assertThat;

import io.backbeat.server.http.ErrorForm;
import java.nio.file.Path;
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
import org.junit.jupiter.api.io.TempDir;

/**
 * Every recorded answer of the original is ours too, or is listed with its reason in {@code
 * docs/reference/differences.md}; and nothing is listed that is the same.
 */
class GoldenTest {
  @TempDir private static Path directory;

  private static final Recording RECORDING = Recording.load();
  private static final List<ListedDifference> LISTED = ListedDifference.all();
  private static final Map<String, GoldenRecord> RECORDS = new LinkedHashMap<>();
  private static final Map<String, List<Answer>> OURS = new HashMap<>();
  private static final Map<String, List<Answer>> OURS_IN_ONE_KEY = new HashMap<>();

  @BeforeAll
  static void replay() {
    Unrecorded unrecorded = new Unrecorded(RECORDING);
    Map<String, Scene> scenes = new HashMap<>();
    for (String mode : List.of("prod", "ci")) {
      scenes.put(mode, new Scene(RECORDING, mode, directory.resolve(mode)));
    }
    for (GoldenRecord record : RECORDING.records()) {
      Scene scene = scenes.get(record.mode());
      unrecorded.before(record).forEach(scene::replay);
      RECORDS.put(record.id(), record);
      Map<ErrorForm, List<Answer>> answers = scene.replay(record);
      OURS.put(record.id(), answers.getOrDefault(ErrorForm.THREE_KEY, List.of()));
      if (answers.containsKey(ErrorForm.ONE_KEY)) {
        OURS_IN_ONE_KEY.put(record.id(), answers.getOrDefault(ErrorForm.ONE_KEY, List.of()));
      }
    }
    scenes.values().forEach(Scene::close);
  }

  @Test
  void recording_is_complete() {
    assertThat(RECORDS).hasSize(731);
  }

  @Test
  void every_answer_is_the_recorded_one_or_listed() {
    Set<String> listed = listedIds();
    List<String> unlisted =
        compared()
            .filter(record -> !listed.contains(record.id()))
            .flatMap(record -> difference(record).map(d -> record + "\n   " + d).stream())
            .toList();
    assertThat(unlisted).as("answers that differ and are not listed").isEmpty();
  }

  @Test
  void every_error_is_the_recorded_one_to_the_byte_in_the_form_of_one_key() {
    Set<String> listed = listedIds();
    assertThat(OURS_IN_ONE_KEY).hasSizeGreaterThan(250);
    assertThat(
            compared()
                .filter(record -> OURS_IN_ONE_KEY.containsKey(record.id()))
                .filter(record -> !listed.contains(record.id()))
                .flatMap(
                    record ->
                        Comparison.difference(
                            record.answers(), OURS_IN_ONE_KEY.get(record.id()), ErrorForm.ONE_KEY)
                            .map(d -> record + "\n   " + d)
                            .stream()))
        .isEmpty();
  }

  @Test
  void every_listed_answer_differs() {
    Set<String> listed = listedIds();
    assertThat(
            compared()
                .filter(record -> listed.contains(record.id()))
                .filter(record -> difference(record).isEmpty())
                .map(GoldenRecord::id))
        .as("listed, and yet the same")
        .isEmpty();
  }

  @Test
  void every_listed_record_exists_and_is_listed_once() {
    List<String> ids = LISTED.stream().flatMap(row -> row.records().stream()).toList();
    assertThat(ids).doesNotHaveDuplicates().isSubsetOf(RECORDS.keySet());
    assertThat(LISTED).extracting(ListedDifference::id).doesNotHaveDuplicates();
  }

  @Test
  void listed_records_are_answered_as_the_list_says() {
    List<String> wrong = new ArrayList<>();
    for (ListedDifference row : LISTED) {
      for (String id : row.records()) {
        String answer = outcome(OURS.getOrDefault(id, List.of()));
        if (!answer.equals(row.answer())) {
          wrong.add(
              row.id() + " says " + row.answer() + ", not " + answer + ": " + RECORDS.get(id));
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
      assertThat(entries(OURS.get(record.id()))).hasSizeGreaterThan(1);
      assertThat(entries(OURS.get(record.id())))
          .as(record.id())
          .isEqualTo(entries(record.answers()));
    }
  }

  /** Where only the meaning of the marker differs, the first entry is on the page before. */
  @Test
  void pages_after_a_marker_lack_the_entry_of_that_marker_and_no_other() {
    assertThat(listedAs("marker-inclusive")).isNotEmpty();
    for (GoldenRecord record : listedAs("marker-inclusive")) {
      Set<String> ours = entries(OURS.get(record.id()));
      assertThat(entries(record.answers()))
          .as(record.id())
          .containsAll(ours)
          .hasSize(ours.size() + 1);
    }
  }

  private static List<GoldenRecord> listedAs(String difference) {
    return LISTED.stream()
        .filter(row -> row.id().equals(difference))
        .flatMap(row -> row.records().stream())
        .map(RECORDS::get)
        .toList();
  }

  /** The entries of a list, in any order. */
  private static Set<String> entries(List<Answer> answers) {
    return Arrays.stream(answers.get(0).body().split("(?<=})|(?=\\{)"))
        .filter(part -> part.contains("\"Bucket\""))
        .collect(Collectors.toSet());
  }

  private static Stream<GoldenRecord> compared() {
    return RECORDS.values().stream();
  }

  private static Optional<String> difference(GoldenRecord record) {
    return Comparison.difference(record.answers(), OURS.get(record.id()), ErrorForm.THREE_KEY);
  }

  private static Set<String> listedIds() {
    Set<String> ids = new LinkedHashSet<>();
    LISTED.forEach(row -> ids.addAll(row.records()));
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
