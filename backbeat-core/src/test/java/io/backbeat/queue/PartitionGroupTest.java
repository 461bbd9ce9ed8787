package io.backbeat.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class PartitionGroupTest {
  private final PartitionGroup group = new PartitionGroup(4);

  /** A member with a note of what it was told. */
  private final class Consumer implements JobConsumer.AssignmentListener {
    final List<String> told = new ArrayList<>();
    int nudges;
    final PartitionGroup.Member member = group.member(() -> nudges++);

    @Override
    public void assigned(Set<Integer> partitions, int generation) {
      told.add("+" + partitions);
      assertThat(member.owned().keySet()).containsAll(partitions);
      partitions.forEach(p -> assertThat(member.owns(p, generation)).isTrue());
    }

    @Override
    public void revoked(Set<Integer> partitions) {
      told.add("-" + partitions);
      assertThat(member.owned().keySet()).as("still ours while told").containsAll(partitions);
    }

    boolean sync() {
      return member.sync(this);
    }
  }

  @Test
  void a_member_that_never_polled_takes_nothing_away_from_the_others() {
    var idle = new Consumer();
    var busy = new Consumer();
    busy.sync();

    assertThat(busy.member.owned()).containsOnlyKeys(0, 1, 2, 3);
    assertThat(idle.member.stale()).isTrue();
  }

  @Test
  void a_partition_moves_only_after_its_old_owner_let_it_go() {
    var a = new Consumer();
    var b = new Consumer();
    assertThat(a.sync()).isTrue();
    assertThat(b.sync()).as("nothing is free yet").isFalse();
    assertThat(b.member.owned()).isEmpty();
    assertThat(a.member.stale()).isTrue();
    assertThat(a.nudges).isOne();

    assertThat(a.sync()).isTrue();
    assertThat(b.member.stale()).isTrue();
    assertThat(b.nudges).isOne();
    assertThat(b.sync()).isTrue();

    assertThat(a.told).containsExactly("+[0, 1, 2, 3]", "-[2, 3]");
    assertThat(b.told).containsExactly("+[2, 3]");
    assertThat(a.member.stale()).isFalse();
    assertThat(b.member.stale()).isFalse();
  }

  @Test
  void generations_of_a_partition_grow_and_old_ones_are_not_owned() {
    var a = new Consumer();
    var b = new Consumer();
    a.sync();
    int first = a.member.owned().get(3);
    b.sync();
    a.sync();
    b.sync();
    int second = b.member.owned().get(3);
    b.member.leave(b);
    a.sync();
    int third = a.member.owned().get(3);

    assertThat(second).isGreaterThan(first);
    assertThat(third).isGreaterThan(second);
    assertThat(a.member.owns(3, first)).isFalse();
    assertThat(a.member.owns(3, third)).isTrue();
    assertThat(a.member.owned()).as("never left").containsEntry(0, first);
    assertThat(b.member.owns(3, second)).isFalse();
  }

  @Test
  void leaving_tells_the_leaver_first_and_nudges_the_others() {
    var a = new Consumer();
    var b = new Consumer();
    a.sync();
    b.sync();
    a.sync();
    b.sync();
    int nudged = a.nudges;

    b.member.leave(b);
    b.member.leave(b);

    assertThat(b.told).containsExactly("+[2, 3]", "-[2, 3]");
    assertThat(a.nudges).isGreaterThan(nudged);
    a.sync();
    assertThat(a.member.owned()).containsOnlyKeys(0, 1, 2, 3);
    assertThatThrownBy(b::sync).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void leaving_before_joining_changes_nothing() {
    var a = new Consumer();
    a.member.leave(a);

    assertThat(group.generation()).isZero();
    assertThat(a.told).isEmpty();
  }

  @Test
  void a_listener_that_fails_on_revoke_does_not_keep_the_partitions() {
    var a = new Consumer();
    var b = new Consumer();
    a.sync();
    b.sync();
    var failing =
        new JobConsumer.AssignmentListener() {
          @Override
          public void assigned(Set<Integer> partitions, int generation) {}

          @Override
          public void revoked(Set<Integer> partitions) {
            throw new IllegalStateException("no");
          }
        };

    assertThatThrownBy(() -> a.member.sync(failing)).hasMessage("no");
    b.sync();

    assertThat(b.member.owned()).containsOnlyKeys(2, 3);
    assertThat(a.member.owned()).containsOnlyKeys(0, 1);
    assertThat(a.member.stale()).as("may have more to do").isTrue();
  }

  @Test
  void a_group_needs_a_partition() {
    assertThatThrownBy(() -> new PartitionGroup(0)).hasMessageContaining("0");
  }

  /**
   * Members come, go and poll on threads of their own; no partition ever has two owners, and none
   * is forgotten.
   */
  @Test
  @Timeout(60)
  void no_partition_has_two_owners_whoever_comes_and_goes() throws Exception {
    var busy = new PartitionGroup(16);
    Map<Integer, PartitionGroup.Member> owners = new ConcurrentHashMap<>();
    Map<Integer, Integer> generations = new ConcurrentHashMap<>();
    var threads = Executors.newFixedThreadPool(4);
    try {
      List<Future<?>> running = new ArrayList<>();
      for (int t = 0; t < 4; t++) {
        var random = new Random(t);
        running.add(threads.submit(() -> comeAndGo(busy, owners, generations, random)));
      }
      for (Future<?> each : running) {
        each.get(50, TimeUnit.SECONDS);
      }
    } finally {
      threads.shutdownNow();
    }
    var last = busy.member(() -> {});
    last.sync(noting(owners, generations, last));

    assertThat(last.owned()).hasSize(16);
    assertThat(owners.values()).containsOnly(last);
  }

  private static void comeAndGo(
      PartitionGroup group,
      Map<Integer, PartitionGroup.Member> owners,
      Map<Integer, Integer> generations,
      Random random) {
    for (int round = 0; round < 300; round++) {
      var member = group.member(() -> {});
      var listener = noting(owners, generations, member);
      for (int polls = random.nextInt(20); polls >= 0; polls--) {
        member.sync(listener);
      }
      member.leave(listener);
    }
  }

  private static JobConsumer.AssignmentListener noting(
      Map<Integer, PartitionGroup.Member> owners,
      Map<Integer, Integer> generations,
      PartitionGroup.Member member) {
    return new JobConsumer.AssignmentListener() {
      @Override
      public void assigned(Set<Integer> partitions, int generation) {
        for (int partition : partitions) {
          assertThat(owners.put(partition, member)).as("owner of " + partition).isNull();
          Integer before = generations.put(partition, generation);
          assertThat(before == null || before < generation).as("generation grows").isTrue();
        }
      }

      @Override
      public void revoked(Set<Integer> partitions) {
        var removed = new HashMap<Integer, PartitionGroup.Member>();
        partitions.forEach(partition -> removed.put(partition, owners.remove(partition)));
        assertThat(removed.values()).containsOnly(member);
      }
    };
  }
}
