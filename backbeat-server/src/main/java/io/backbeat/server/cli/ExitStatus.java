package io.backbeat.server.cli;

/** How the program ends. */
public final class ExitStatus {
  /** All went well. */
  public static final int OK = 0;

  /** The command ran to its end, and some objects are FAILED. */
  public static final int SOME_FAILED = 1;

  /** The command line is wrong. */
  public static final int USAGE = 2;

  /** The command could not start, or not go on. */
  public static final int CANNOT_RUN = 3;

  /** The command was stopped before its end. */
  public static final int INTERRUPTED = 130;

  private ExitStatus() {}
}
