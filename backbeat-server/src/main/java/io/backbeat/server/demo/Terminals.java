package io.backbeat.server.demo;

import java.io.Console;

/** Whether somebody looks on. */
final class Terminals {
  private Terminals() {}

  /**
   * Whether input and output are a terminal. From Java 22 on there is a console without one, too,
   * and it has to be asked; the method is unknown to Java 17.
   */
  @SuppressWarnings("SystemConsoleNull") // true of Java 22, and this runs on 17, too
  static boolean isTerminal() {
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
}
