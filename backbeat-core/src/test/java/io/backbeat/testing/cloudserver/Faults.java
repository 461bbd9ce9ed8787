package io.backbeat.testing.cloudserver;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** The faults that are switched on. Thread-safe. */
public final class Faults {
  private final ConcurrentSkipListMap<Long, Injected> injected = new ConcurrentSkipListMap<>();
  private final AtomicLong ids = new AtomicLong();

  /** A fault that is switched on. Thread-safe. */
  public final class Injected implements AutoCloseable {
    private final long id;
    private final Fault fault;
    private final AtomicInteger hits = new AtomicInteger();

    private Injected(long id, Fault fault) {
      this.id = id;
      this.fault = fault;
    }

    /** How many requests had it. */
    public int hits() {
      return fault.times() == 0 ? hits.get() : Math.min(fault.times(), hits.get());
    }

    /** By what it can be removed from outside. */
    public long id() {
      return id;
    }

    /** Switches it off. Idempotent. */
    @Override
    public void close() {
      injected.remove(id);
    }

    private boolean take() {
      int hit = hits.incrementAndGet();
      if (fault.times() > 0 && hit >= fault.times()) {
        close();
      }
      return fault.times() == 0 || hit <= fault.times();
    }
  }

  /** Switches a fault on. */
  public Injected inject(Fault fault) {
    long id = ids.incrementAndGet();
    Injected one = new Injected(id, fault);
    injected.put(id, one);
    return one;
  }

  /** Switches all off. */
  public void clear() {
    injected.clear();
  }

  /** Switches one off. */
  void remove(long id) {
    injected.remove(id);
  }

  /** Those that are on, by their ids. */
  Map<Long, Fault> all() {
    Map<Long, Fault> all = new LinkedHashMap<>();
    new TreeMap<>(injected).forEach((id, one) -> all.put(id, one.fault));
    return all;
  }

  /** What a request gets to feel, in the order in which it was switched on. */
  List<Fault> of(Request request) {
    if (injected.isEmpty() || request.route() == Route.CONTROL) {
      return List.of();
    }
    List<Fault> faults = new ArrayList<>(2);
    for (Injected one : injected.values()) {
      if (one.fault.fits(request) && one.take()) {
        faults.add(one.fault);
      }
    }
    return faults;
  }

  /** The first that has an effect of a kind. */
  static Optional<Fault> first(List<Fault> faults, java.util.function.Predicate<Fault> kind) {
    return faults.stream().filter(kind).findFirst();
  }
}
