package io.backbeat.server.cli;

/** How the program ends. */
public final class ExitStatus {
  /** All went well. */
  public static final int OK = 0;

  /** The command ran to its end, and not all is well: some objects are FAILED, health is, ... */
  public static final int NOT_ALL_WELL = 1;

  /** The command line is wrong. */
  public static final int USAGE = 2;

  /** The command could not start, or not go on, or got no answer from the server. */
  public static final int CANNOT_RUN = 3;

  /** The server refused what was asked of it. */
  public static final int REFUSED = 4;

  /** The command was stopped before its end. */
  public static final int INTERRUPTED = 130;

  private ExitStatus() {}
}
