package io.backbeat.memory;

import io.backbeat.api.Transition;
import io.backbeat.status.HistoryKey;
import io.backbeat.status.Retention;
import io.backbeat.status.TransitionStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Histories in memory: as durable as the process. Thread-safe. Holds {@value #MAX_HISTORIES}
 * histories at most; the one that nothing was added to for the longest time goes first.
 */
public final class InMemoryTransitionStore implements TransitionStore {
  private static final int MAX_HISTORIES = 10_000;

  /** The one added to last stands last; each newest first. */
  private final LinkedHashMap<HistoryKey, List<Transition>> histories = new LinkedHashMap<>();

  /** Creates an empty store. */
  public InMemoryTransitionStore() {}

  @Override
  public synchronized void append(Map<HistoryKey, List<Transition>> news, Retention retention) {
    news.forEach((key, added) -> append(key, added, retention));
    Iterator<HistoryKey> eldest = histories.keySet().iterator();
    while (histories.size() > MAX_HISTORIES) {
      eldest.next();
      eldest.remove();
    }
  }

  private void append(HistoryKey key, List<Transition> added, Retention retention) {
    if (added.isEmpty()) {
      return;
    }
    List<Transition> all = new ArrayList<>();
    for (int i = added.size() - 1; i >= 0; i--) {
      all.add(added.get(i));
    }
    List<Transition> before = histories.remove(key);
    all.addAll(before == null ? List.of() : before);
    all.sort(Comparator.comparing(Transition::at).reversed()); // stable
    Instant oldest = all.get(0).at().minus(retention.age());
    histories.put(
        key,
        all.stream()
            .limit(retention.perHistory())
            .filter(transition -> !transition.at().isBefore(oldest))
            .toList());
  }

  @Override
  public synchronized Map<HistoryKey, List<Transition>> find(Collection<HistoryKey> wanted) {
    Map<HistoryKey, List<Transition>> found = new HashMap<>();
    for (HistoryKey key : wanted) {
      List<Transition> history = histories.get(key);
      if (history != null) {
        found.put(key, history);
      }
    }
    return found;
  }

  @Override
  public synchronized Set<HistoryKey> known(Collection<HistoryKey> wanted) {
    return wanted.stream().filter(histories::containsKey).collect(Collectors.toSet());
  }
}
