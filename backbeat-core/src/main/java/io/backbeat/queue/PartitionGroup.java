package io.backbeat.queue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Deals the partitions of one queue evenly to the consumers of this process. For adapters whose
 * store has no consumer groups.
 *
 * <p>Each consumer has a {@link Member} and calls {@link Member#sync} in its poll. A partition
 * leaves a member only inside that member's own {@code sync} or {@code leave}, after its listener
 * was told, and comes to another in a later {@code sync} of the other; so at no time two members
 * have it, and a member that does not poll keeps what it has. A change moves as few partitions as
 * an even deal allows.
 *
 * <p>The generation grows with each member that joins or leaves; a partition carries the generation
 * it was taken in, so it never comes back with one it had before.
 *
 * <p>Thread-safe; each member is owned by one thread. Listeners and nudges are called without a
 * lock held. Bookkeeping only: no threads, no I/O. Joining and leaving take O(partitions ×
 * members), {@code sync} O(partitions) when something changed and O(1) when not.
 */
public final class PartitionGroup {
  private final Object lock = new Object();
  private final List<Member> members = new ArrayList<>();
  private final Set<Integer> taken = new TreeSet<>();
  private List<Optional<Member>> targets;
  private int generation;

  /**
   * Creates a group without members.
   *
   * @param partitions number of partitions, at least 1
   */
  public PartitionGroup(int partitions) {
    if (partitions < 1) {
      throw new IllegalArgumentException("partitions must be >= 1, was " + partitions);
    }
    targets = Collections.nCopies(partitions, Optional.empty());
  }

  /** How often members joined or left. */
  public int generation() {
    synchronized (lock) {
      return generation;
    }
  }

  /**
   * Creates a member. It joins, and is dealt partitions, with its first {@link Member#sync}.
   *
   * @param nudge called when the member has something to do in {@code sync}, to end a waiting poll;
   *     from any thread, must not block
   */
  public Member member(Runnable nudge) {
    return new Member(nudge);
  }

  /** One consumer's part in the group. Owned by one thread, except {@link #stale()}. */
  public final class Member {
    private final Runnable nudge;
    private final TreeMap<Integer, Integer> generations = new TreeMap<>();
    private boolean joined;
    private boolean left;
    private volatile boolean stale = true;

    private Member(Runnable nudge) {
      this.nudge = nudge;
    }

    /**
     * Whether {@link #sync} has something to do. A waiting poll should end then. From any thread.
     */
    public boolean stale() {
      return stale;
    }

    /**
     * The partitions this member has, in ascending order, with the generation it took each in. A
     * view, changed by {@code sync}.
     */
    public Map<Integer, Integer> owned() {
      return Collections.unmodifiableMap(generations);
    }

    /**
     * Whether the member has the partition in that generation, and so whether a commit is to be
     * accepted.
     */
    public boolean owns(int partition, int inGeneration) {
      Integer takenIn = generations.get(partition);
      return takenIn != null && takenIn == inGeneration;
    }

    /**
     * Takes part: joins if it did not yet, gives back what is meant for others, and takes what is
     * meant for it and free. To be called at the start of each poll; cheap when nothing changed.
     *
     * @param listener told of partitions taken away, while they still belong to the member, then of
     *     new ones. What it throws is thrown here; the partitions are given back or taken all the
     *     same
     * @return whether partitions came or went
     * @throws IllegalStateException if the member left
     */
    public boolean sync(JobConsumer.AssignmentListener listener) {
      if (left) {
        throw new IllegalStateException("this member has left the group");
      }
      if (!stale) {
        return false;
      }
      if (!joined) {
        joined = true;
        join(this);
      }
      // Cleared first, so that a change from here on makes the member stale again.
      stale = false;
      boolean ended = false;
      try {
        boolean gave = giveBack(meantForOthers(this), listener);
        boolean took = take(listener);
        ended = true;
        return gave || took;
      } finally {
        if (!ended) {
          stale = true;
        }
      }
    }

    /**
     * Gives everything back, after telling the listener, and leaves the group for good. Idempotent.
     */
    public void leave(JobConsumer.AssignmentListener listener) {
      if (left) {
        return;
      }
      left = true;
      try {
        giveBack(new TreeSet<>(generations.keySet()), listener);
      } finally {
        if (joined) {
          quit(this);
        }
      }
    }

    private boolean giveBack(Set<Integer> partitions, JobConsumer.AssignmentListener listener) {
      if (partitions.isEmpty()) {
        return false;
      }
      try {
        listener.revoked(Collections.unmodifiableSet(partitions));
      } finally {
        // Also when the listener failed: the others must be able to go on.
        generations.keySet().removeAll(partitions);
        release(partitions);
      }
      return true;
    }

    private boolean take(JobConsumer.AssignmentListener listener) {
      var free = new TreeSet<Integer>();
      int takenIn = takeFree(this, free);
      if (free.isEmpty()) {
        return false;
      }
      free.forEach(partition -> generations.put(partition, takenIn));
      listener.assigned(Collections.unmodifiableSet(free), takenIn);
      return true;
    }
  }

  private void join(Member member) {
    List<Member> others;
    synchronized (lock) {
      others = List.copyOf(members);
      members.add(member);
      deal();
    }
    others.forEach(other -> other.nudge.run());
  }

  private void quit(Member member) {
    List<Member> others;
    synchronized (lock) {
      members.remove(member);
      others = List.copyOf(members);
      deal();
    }
    others.forEach(other -> other.nudge.run());
  }

  private void deal() {
    generation++;
    targets = PartitionDeal.deal(targets, members);
    members.forEach(member -> member.stale = true);
  }

  private Set<Integer> meantForOthers(Member member) {
    synchronized (lock) {
      var result = new TreeSet<>(member.generations.keySet());
      result.removeIf(partition -> isMeantFor(member, partition));
      return result;
    }
  }

  private int takeFree(Member member, Set<Integer> into) {
    synchronized (lock) {
      for (int partition = 0; partition < targets.size(); partition++) {
        if (isMeantFor(member, partition) && taken.add(partition)) {
          into.add(partition);
        }
      }
      return generation;
    }
  }

  private void release(Set<Integer> partitions) {
    var waiting = new LinkedHashSet<Member>();
    synchronized (lock) {
      taken.removeAll(partitions);
      partitions.forEach(partition -> targets.get(partition).ifPresent(waiting::add));
      waiting.forEach(member -> member.stale = true);
    }
    waiting.forEach(member -> member.nudge.run());
  }

  private boolean isMeantFor(Member member, int partition) {
    return targets.get(partition).filter(member::equals).isPresent();
  }
}
