package io.backbeat.store;

/**
 * Decides which of several processes does a task that only one may do at a time. Port; thread-safe.
 *
 * <p>A hint and no lock: a process that is held up may still believe that it leads while another
 * one does. What it writes must be safe by itself, for example by comparing before it sets.
 */
@FunctionalInterface
public interface Leadership {
  /** There is one process, and it does everything. */
  Leadership ALONE = task -> true;

  /**
   * Whether this process is to do a task now. The first call makes it a candidate; asking costs no
   * round trip.
   *
   * @param task a short name, for example {@code populator}
   */
  boolean leads(String task);
}
