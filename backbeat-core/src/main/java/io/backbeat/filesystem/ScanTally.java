package io.backbeat.filesystem;

import java.util.ArrayList;
import java.util.List;

/** Counts during one pass. For one thread. */
final class ScanTally {
  private long seen;
  private long bytes;
  private long added;
  private long changed;
  private long changedBytes;
  private long removed;
  private long unsettled;
  private long problemCount;
  private final List<ScanProblem> problems = new ArrayList<>();

  void seen(long size) {
    seen++;
    bytes += size;
  }

  void added(long size) {
    added++;
    changedBytes += size;
  }

  void changed(long size) {
    changed++;
    changedBytes += size;
  }

  void removed() {
    removed++;
  }

  void unsettled() {
    unsettled++;
  }

  void problem(ScanProblem problem) {
    problemCount++;
    if (problems.size() < ScanSummary.MOST_PROBLEMS) {
      problems.add(problem);
    }
  }

  ScanSummary summary() {
    return new ScanSummary(
        seen, bytes, added, changed, changedBytes, removed, unsettled, problemCount, problems);
  }
}
