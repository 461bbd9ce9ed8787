package io.backbeat.populator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.backbeat.api.LocationName;
import io.backbeat.job.MetadataExamples;
import io.backbeat.job.ObjectMetadata;
import io.backbeat.log.LogEntry;
import io.backbeat.log.LogPosition;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Real documents, damaged at random: the planner answers, whatever it is given. */
class PlannerFuzzTest {
  private static final int ROUNDS = 60_000;
  private static final byte[] NASTY =
      "{}[]\",:\\0123456789.eE+-truefalsn \n\0\u007f".getBytes(StandardCharsets.UTF_8);

  private enum Answer {
    QUEUE,
    IGNORE,
    MALFORMED
  }

  private final ReplicationPlanner planner =
      new ReplicationPlanner(
          List.of(LocationName.of("aws-backend-1"), LocationName.of("azure-backend-1")), List.of());

  @Test
  void damaged_documents_never_make_the_planner_throw() {
    long seed = 20_261_122L;
    Random random = new Random(seed);
    Map<Answer, Integer> answers = new EnumMap<>(Answer.class);
    List<MetadataExamples.Example> examples = MetadataExamples.all();
    for (int round = 0; round < ROUNDS; round++) {
      MetadataExamples.Example example = examples.get(random.nextInt(examples.size()));
      byte[] value = damage(example.json().getBytes(StandardCharsets.UTF_8), random);
      try {
        answers.merge(answer(planner.plan(entry(example, value))), 1, Integer::sum);
      } catch (RuntimeException e) {
        fail(
            "round %d of seed %d: %s"
                .formatted(round, seed, new String(value, StandardCharsets.ISO_8859_1)),
            e);
      }
    }
    // each answer often enough to show that the damage is neither trivial nor total
    assertThat(answers.keySet()).containsExactly(Answer.values());
    assertThat(answers.values()).allSatisfy(count -> assertThat(count).isGreaterThan(ROUNDS / 100));
  }

  @Test
  void truncated_document_is_malformed_wherever_it_ends() {
    MetadataExamples.Example example = MetadataExamples.of("object, several backends", true);
    byte[] whole = ObjectMetadata.stamp(example.json(), "r1").getBytes(StandardCharsets.UTF_8);
    for (int length = 1; length < whole.length; length++) {
      Plan plan = planner.plan(entry(example, Arrays.copyOf(whole, length)));
      assertThat(plan).as("%d bytes", length).isInstanceOf(Plan.Malformed.class);
    }
  }

  private static LogEntry entry(MetadataExamples.Example example, byte[] value) {
    return new LogEntry(
        LogPosition.BEGINNING,
        LogEntry.Operation.PUT,
        example.bucket(),
        example.key(),
        value,
        Instant.EPOCH);
  }

  private static Answer answer(Plan plan) {
    if (plan instanceof Plan.Queue) {
      return Answer.QUEUE;
    }
    return plan instanceof Plan.Ignore ? Answer.IGNORE : Answer.MALFORMED;
  }

  private static byte[] damage(byte[] json, Random random) {
    byte[] damaged = json;
    for (int i = random.nextInt(4); i >= 0; i--) {
      damaged = damageOnce(damaged, random);
    }
    return damaged;
  }

  private static byte[] damageOnce(byte[] json, Random random) {
    if (json.length < 2) {
      return json;
    }
    int at = random.nextInt(json.length);
    byte[] damaged = json.clone();
    switch (random.nextInt(6)) {
      case 0 -> damaged[at] = (byte) random.nextInt(256);
      case 1 -> damaged[at] = NASTY[random.nextInt(NASTY.length)];
      case 2 -> damaged[at] ^= (byte) (1 << random.nextInt(8));
      case 3 -> {
        int to = Math.min(json.length, at + 1 + random.nextInt(20));
        System.arraycopy(json, to, damaged, at, json.length - to);
        damaged = Arrays.copyOf(damaged, json.length - (to - at));
      }
      case 4 -> {
        int from = random.nextInt(json.length);
        int length = Math.min(random.nextInt(30), json.length - Math.max(at, from));
        System.arraycopy(json, from, damaged, at, length);
      }
      default -> damaged = random.nextInt(5) == 0 ? Arrays.copyOf(json, at) : damaged;
    }
    return damaged;
  }
}
