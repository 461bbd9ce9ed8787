package io.backbeat.server.place;

import io.backbeat.api.LocationName;
import java.io.IOException;
import java.io.Reader;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashSet;
import java.util.Properties;
import java.util.Set;

/**
 * What a data directory was set up for: the source, and the place of each location. Statuses in it
 * speak of those places, and would be lies about others. For one thread.
 */
public final class PlaceBinding {
  private static final String SOURCE = "source";
  private static final String LOCATION = "location.";

  private final Path file;
  private final String remedy;

  /**
   * A binding in a file.
   *
   * @param file in the data directory; need not exist
   * @param remedy what the user can do about a contradiction, for the message
   */
  public PlaceBinding(Path file, String remedy) {
    this.file = file;
    this.remedy = remedy;
  }

  /**
   * Checks places against what was bound before, and binds what is new. Call with the directory
   * locked.
   *
   * @return the locations that were bound by this call
   * @throws PlaceException if something is at another place than before
   */
  public Set<LocationName> bind(Places places) {
    try {
      Properties bound = read();
      Object before = bound.clone();
      places.source().ifPresent(source -> isNew(bound, SOURCE, source.toString()));
      Set<LocationName> fresh = new HashSet<>();
      for (LocationTarget target : places.targets()) {
        if (isNew(bound, LOCATION + target.name(), target.address())) {
          fresh.add(target.name());
        }
      }
      if (!bound.equals(before) || !Files.exists(file)) {
        write(bound);
      }
      return fresh;
    } catch (IOException | IllegalArgumentException e) {
      throw new PlaceException("cannot read or write " + file + ": " + e.getMessage(), e);
    }
  }

  private boolean isNew(Properties bound, String name, String value) {
    Object before = bound.putIfAbsent(name, value);
    if (before == null || before.equals(value)) {
      return before == null;
    }
    throw new PlaceException(
        "the data directory "
            + file.getParent()
            + " was set up for the "
            + (name.equals(SOURCE) ? name : "location " + name.substring(LOCATION.length()))
            + " "
            + before
            + ", not "
            + value
            + "; "
            + remedy);
  }

  private Properties read() throws IOException {
    Properties properties = new Properties();
    if (Files.exists(file)) {
      try (Reader reader = Files.newBufferedReader(file)) {
        properties.load(reader);
      }
    }
    return properties;
  }

  private void write(Properties properties) throws IOException {
    StringWriter text = new StringWriter();
    properties.store(text, "What this data directory was set up for");
    Path written =
        Files.writeString(file.resolveSibling(file.getFileName() + ".new"), text.toString());
    Files.move(written, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}
