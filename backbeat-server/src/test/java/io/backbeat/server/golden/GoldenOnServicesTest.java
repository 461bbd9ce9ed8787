package io.backbeat.server.golden;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.backbeat.testing.MutableClock;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/**
 * The recorded answers on a real Redis and a real ZooKeeper that hold what they held when the
 * original was recorded; and what requests leave there.
 */
class GoldenOnServicesTest extends GoldenContract {
  /** The original writes to Redis when it lists; ours only reads. */
  private static final Set<String> LISTS_THAT_WRITE = Set.of("prod-614", "prod-615", "prod-667");

  private final RealServices services = RealServices.start();
  private final Map<String, ServicesGround.Effects> effects = new HashMap<>();

  GoldenOnServicesTest() {
    super(ListedDifference.Where.SERVICES);
  }

  @Override
  Ground ground(Recording recording, String mode, MutableClock clock, Path directory) {
    return new ServicesGround(recording, mode, clock, directory, services, effects);
  }

  @AfterAll
  void stop() {
    services.close();
  }

  /** Of those that we answer alike. */
  private Stream<GoldenRecord> looked() {
    return unlisted().filter(record -> effects.containsKey(record.id()));
  }

  private ServicesGround.Effects effects(GoldenRecord record) {
    return effects.getOrDefault(
        record.id(), new ServicesGround.Effects(List.of(), Map.of(), Optional.empty()));
  }

  @Test
  void every_command_is_published_as_recorded_and_nothing_else_is() {
    assertThat(looked().filter(record -> !record.effects().published().isEmpty()))
        .hasSizeGreaterThan(40);
    assertThat(
            differences(
                looked(),
                record -> effects(record).published(),
                record -> record.effects().published()))
        .isEmpty();
  }

  @Test
  void every_command_leaves_the_nodes_that_processors_of_the_original_would() {
    assertThat(
            differences(
                looked(),
                record -> List.copyOf(effects(record).nodes().values()),
                record -> record.effects().published().stream().map(Commands::after).toList()))
        .isEmpty();
  }

  @Test
  void retries_leave_in_redis_what_is_recorded() {
    List<GoldenRecord> dumped =
        looked()
            .filter(record -> record.effects().redis().isPresent())
            .filter(record -> !LISTS_THAT_WRITE.contains(record.id()))
            .toList();
    assertThat(dumped).hasSizeGreaterThan(4);
    assertThat(
            differences(
                dumped.stream(),
                record -> effects(record).redis().<JsonNode>map(all -> all).orElseThrow(),
                record -> consistent(record.effects().redis().orElseThrow())))
        .isEmpty();
  }

  /** With the one version that CloudServer knew in the members of sets, as they were written. */
  private static JsonNode consistent(JsonNode recorded) {
    ObjectNode consistent = recorded.deepCopy();
    for (Map.Entry<String, JsonNode> entry : recorded.properties()) {
      if (entry.getValue().isArray()) {
        ArrayNode pairs = consistent.putArray(entry.getKey());
        List<String> command =
            List.of("ZADD", entry.getKey(), "0", entry.getValue().get(0).asText());
        pairs.add(FailedMember.consistent(command, FailedMember::knownVersion).get(3));
        pairs.add(entry.getValue().get(1));
      }
    }
    return consistent;
  }

  private static <T> List<String> differences(
      Stream<GoldenRecord> records,
      Function<GoldenRecord, T> ours,
      Function<GoldenRecord, T> recorded) {
    return records
        .filter(record -> !ours.apply(record).equals(recorded.apply(record)))
        .map(r -> r + "\n   recorded " + recorded.apply(r) + "\n   ours " + ours.apply(r))
        .toList();
  }
}
