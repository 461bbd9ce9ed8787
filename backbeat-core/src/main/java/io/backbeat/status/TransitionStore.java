package io.backbeat.status;

import io.backbeat.api.Transition;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What happened lately to versions at locations, and to locations. Port; thread-safe. For people
 * who look into one object; nothing is decided by it, so that it may lose what is written: what is
 * appended is durable soon, not on return. Every method throws {@link
 * io.backbeat.api.BackbeatException} INTERNAL_ERROR when the store does not answer; a repeated
 * append may store transitions twice.
 */
public interface TransitionStore {
  /** Keeps nothing; for stores of an embedder's own that have no place for histories. */
  TransitionStore NONE =
      new TransitionStore() {
        @Override
        public void append(Map<HistoryKey, List<Transition>> news, Retention retention) {}

        @Override
        public Map<HistoryKey, List<Transition>> find(Collection<HistoryKey> histories) {
          return Map.of();
        }

        @Override
        public Set<HistoryKey> known(Collection<HistoryKey> histories) {
          return Set.of();
        }
      };

  /**
   * Adds to histories, each in order of time. A history then holds no more than the newest that the
   * retention allows; transitions that are older than its age go away by themselves, some time
   * after.
   */
  void append(Map<HistoryKey, List<Transition>> news, Retention retention);

  /**
   * What is kept, newest first, with those that are older than the retention allows while they are
   * not gone yet. Histories without a transition are left out.
   */
  Map<HistoryKey, List<Transition>> find(Collection<HistoryKey> histories);

  /**
   * Which of some histories have a transition. Cheaper than {@link #find} for many, of which few
   * have.
   */
  Set<HistoryKey> known(Collection<HistoryKey> histories);
}
