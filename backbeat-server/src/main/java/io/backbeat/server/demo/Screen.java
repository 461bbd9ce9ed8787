package io.backbeat.server.demo;

import io.backbeat.server.terminal.Terminals;
import io.backbeat.server.terminal.Texts;
import java.io.PrintWriter;
import java.time.Clock;

/** Where the demo talks to its user. Thread-safe. */
public final class Screen {
  private final PrintWriter out;
  private final boolean terminal;

  private Screen(PrintWriter out, boolean terminal) {
    this.out = out;
    this.terminal = terminal;
  }

  /** Writes lines there; draws bars if the JVM was started on a terminal. */
  public static Screen on(PrintWriter out) {
    return new Screen(out, Terminals.isTerminal());
  }

  /** Writes one line. Control characters, as file names may have them, show as {@code \\uXXXX}. */
  public void say(String line) {
    out.println(Texts.printable(line));
    out.flush();
  }

  /** Writes an empty line. */
  public void blank() {
    say("");
  }

  /** Begins to show progress; nothing else should be said before it is closed. */
  ProgressDisplay progress() {
    return terminal ? new ProgressBars() : new ProgressLines(this, Clock.systemUTC());
  }
}
