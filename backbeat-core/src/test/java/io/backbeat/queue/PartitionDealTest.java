package io.backbeat.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class PartitionDealTest {
  @Test
  void without_members_nobody_gets_anything() {
    assertThat(PartitionDeal.deal(List.of(Optional.of("gone"), Optional.empty()), List.of()))
        .containsExactly(Optional.empty(), Optional.empty());
  }

  @Test
  void a_new_member_takes_only_its_share() {
    List<Optional<String>> before = Collections.nCopies(5, Optional.of("a"));

    assertThat(PartitionDeal.deal(before, List.of("a", "b")))
        .containsExactly(
            Optional.of("a"),
            Optional.of("a"),
            Optional.of("a"),
            Optional.of("b"),
            Optional.of("b"));
  }

  /** Whoever comes and goes: all are dealt, evenly, and no more move than must. */
  @Property(tries = 300)
  void deals_evenly_and_moves_little(
      @ForAll @IntRange(min = 1, max = 40) int partitions,
      @ForAll @Size(max = 30) List<@IntRange(min = 0, max = 9) Integer> comingAndGoing) {
    List<Integer> members = new ArrayList<>();
    List<Optional<Integer>> dealt = Collections.nCopies(partitions, Optional.empty());
    for (Integer member : comingAndGoing) {
      if (!members.remove(member)) {
        members.add(member);
      }
      List<Optional<Integer>> before = dealt;
      dealt = PartitionDeal.deal(before, members);

      assertThat(dealt).hasSize(partitions);
      if (members.isEmpty()) {
        continue;
      }
      List<Integer> shares = shares(dealt, members);
      assertThat(shares.stream().mapToInt(i -> i).sum()).isEqualTo(partitions);
      assertThat(Collections.max(shares) - Collections.min(shares)).isLessThanOrEqualTo(1);
      assertThat(moved(before, dealt))
          .isLessThanOrEqualTo(partitions / members.size() + 1 + orphans(before, members));
    }
  }

  private static List<Integer> shares(List<Optional<Integer>> dealt, List<Integer> members) {
    return members.stream().map(m -> Collections.frequency(dealt, Optional.of(m))).toList();
  }

  private static long moved(List<Optional<Integer>> before, List<Optional<Integer>> after) {
    return IntStream.range(0, before.size())
        .filter(i -> !before.get(i).equals(after.get(i)))
        .count();
  }

  private static long orphans(List<Optional<Integer>> before, List<Integer> members) {
    return before.stream()
        .filter(owner -> owner.isEmpty() || !members.contains(owner.get()))
        .count();
  }
}
