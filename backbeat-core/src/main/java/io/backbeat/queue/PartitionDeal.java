package io.backbeat.queue;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Who is to get which partition. Pure. */
final class PartitionDeal {
  private PartitionDeal() {}

  /**
   * Deals partitions evenly, so that no member gets two more than another, and moves as few as that
   * allows.
   *
   * @param current the member each partition is meant for now; empty if for none. May name members
   *     that left
   * @param members all members, each once, in the order in which they joined
   * @return the member each partition is to go to, empty only if there are no members
   */
  static <M> List<Optional<M>> deal(List<Optional<M>> current, List<M> members) {
    if (members.isEmpty()) {
      return Collections.nCopies(current.size(), Optional.empty());
    }
    List<Optional<M>> dealt =
        new ArrayList<>(Collections.nCopies(current.size(), Optional.empty()));
    var missing = new ArrayDeque<M>();
    int base = current.size() / members.size();
    int larger = current.size() % members.size();
    // The larger shares go to those who have most, which saves a move each.
    for (M member : byShare(current, members)) {
      int quota = base + (larger-- > 0 ? 1 : 0);
      for (int partition = 0; partition < current.size(); partition++) {
        if (quota > 0 && current.get(partition).filter(member::equals).isPresent()) {
          dealt.set(partition, Optional.of(member));
          quota--;
        }
      }
      missing.addAll(Collections.nCopies(quota, member));
    }
    dealt.replaceAll(to -> to.isPresent() ? to : Optional.of(missing.remove()));
    return dealt;
  }

  private static <M> List<M> byShare(List<Optional<M>> current, List<M> members) {
    var sorted = new ArrayList<M>(members);
    sorted.sort(
        Comparator.comparingInt((M member) -> Collections.frequency(current, Optional.of(member)))
            .reversed());
    return sorted;
  }
}
