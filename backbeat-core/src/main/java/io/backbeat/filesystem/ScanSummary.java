package io.backbeat.filesystem;

import java.util.List;

/**
 * What one pass over a watched directory found.
 *
 * @param seen files that are objects
 * @param bytes their content, all together
 * @param added files that were not known
 * @param changed files with other content, or with a destination they did not have
 * @param changedBytes the content of the added and changed ones
 * @param removed known files that are not there any more
 * @param unsettled files left for the next pass because they were changed a moment ago
 * @param problemCount how many problems there were
 * @param problems the first {@value #MOST_PROBLEMS} of them
 */
public record ScanSummary(
    long seen,
    long bytes,
    long added,
    long changed,
    long changedBytes,
    long removed,
    long unsettled,
    long problemCount,
    List<ScanProblem> problems) {
  /** No summary lists more problems than that. */
  public static final int MOST_PROBLEMS = 1_000;

  /** Copies the list. */
  public ScanSummary {
    problems = List.copyOf(problems);
  }
}
