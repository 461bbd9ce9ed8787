package io.backbeat.server.demo;

import java.io.IOException;
import java.io.Reader;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Properties;

/**
 * What a data directory was set up for: the source, and the place of each location. Statuses in it
 * speak of those places, and would be lies about others.
 */
final class DemoBinding {
  static final String FILE = "demo.properties";
  private static final String SOURCE = "source";
  private static final String LOCATION = "location.";

  private DemoBinding() {}

  /**
   * Checks a plan against what was bound before, and binds what is new. Call with the directory
   * locked.
   */
  static void bind(DemoPlan plan) {
    Path file = plan.dataDirectory().resolve(FILE);
    try {
      Properties bound = read(file);
      check(bound, SOURCE, plan.source().toString(), plan);
      for (LocationTarget target : plan.targets()) {
        check(bound, LOCATION + target.name(), target.address(), plan);
      }
      write(file, bound);
    } catch (IOException | IllegalArgumentException e) {
      throw new DemoException("cannot read or write " + file + ": " + e.getMessage(), e);
    }
  }

  private static void check(Properties bound, String name, String value, DemoPlan plan) {
    Object before = bound.putIfAbsent(name, value);
    if (before != null && !before.equals(value)) {
      throw new DemoException(
          "the data directory "
              + plan.dataDirectory()
              + " was set up for the "
              + (name.equals(SOURCE) ? name : "location " + name.substring(LOCATION.length()))
              + " "
              + before
              + ", not "
              + value
              + "; give another one with --data-dir");
    }
  }

  private static Properties read(Path file) throws IOException {
    Properties properties = new Properties();
    if (Files.exists(file)) {
      try (Reader reader = Files.newBufferedReader(file)) {
        properties.load(reader);
      }
    }
    return properties;
  }

  private static void write(Path file, Properties properties) throws IOException {
    StringWriter text = new StringWriter();
    properties.store(text, "What this data directory was set up for by backbeat demo");
    Path written = Files.writeString(file.resolveSibling(FILE + ".new"), text.toString());
    Files.move(written, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}
