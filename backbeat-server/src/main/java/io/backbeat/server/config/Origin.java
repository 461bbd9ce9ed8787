package io.backbeat.server.config;

import java.nio.file.Path;

/** Where a value comes from. Its text is for people. */
public sealed interface Origin {
  /** Nobody said anything. */
  Origin DEFAULT = new Default();

  /** What applies when nobody says anything. */
  record Default() implements Origin {
    @Override
    public String toString() {
      return "default";
    }
  }

  /**
   * Follows from another value.
   *
   * @param path the key of that value
   */
  record Implied(String path) implements Origin {
    @Override
    public String toString() {
      return "because of " + path;
    }
  }

  /**
   * The configuration file.
   *
   * @param path as it was named
   */
  record File(Path path) implements Origin {
    @Override
    public String toString() {
      return path.toString();
    }
  }

  /**
   * An environment variable.
   *
   * @param variable its name
   */
  record Environment(String variable) implements Origin {
    @Override
    public String toString() {
      return "environment " + variable;
    }
  }

  /**
   * An option of the command line.
   *
   * @param option its name
   */
  record CommandLine(String option) implements Origin {
    @Override
    public String toString() {
      return "command line " + option;
    }
  }
}
