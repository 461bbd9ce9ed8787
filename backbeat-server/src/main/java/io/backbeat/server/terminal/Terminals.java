package io.backbeat.server.terminal;

import java.io.Console;
import java.util.Map;

/** Whether somebody looks on. */
public final class Terminals {
  private Terminals() {}

  /**
   * Whether input and output are a terminal. From Java 22 on there is a console without one, too,
   * and it has to be asked; the method is unknown to Java 17.
   */
  @SuppressWarnings("SystemConsoleNull") // true of Java 22, and this runs on 17, too
  public static boolean isTerminal() {
    Console console = System.console();
    if (console == null) {
      return false;
    }
    try {
      return Boolean.TRUE.equals(Console.class.getMethod("isTerminal").invoke(console));
    } catch (NoSuchMethodException e) {
      return true;
    } catch (ReflectiveOperationException e) {
      return false;
    }
  }

  /**
   * Whether the output may have colours: on a terminal that knows them, and not against the will of
   * the user (see no-color.org).
   */
  public static boolean coloured(boolean terminal, Map<String, String> environment) {
    return terminal
        && environment.getOrDefault("NO_COLOR", "").isEmpty()
        && !environment.getOrDefault("TERM", "").equals("dumb");
  }
}
