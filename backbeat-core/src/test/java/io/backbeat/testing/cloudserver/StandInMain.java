package io.backbeat.testing.cloudserver;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * Runs the double as a process of its own until its standard input ends. Prints one line, {@code
 * port=<n>}, when it listens. Options, all of the form {@code --name=value}:
 *
 * <ul>
 *   <li>{@code --port}: where to listen; else anywhere
 *   <li>{@code --data}: a directory for the bytes of objects; else memory
 *   <li>{@code --mongo} and {@code --database}: where metadata goes; else memory
 *   <li>{@code --format}: {@code v0} or {@code v1}
 *   <li>{@code --locations}: {@code name:TYPE,name:TYPE}, with the types of {@link Location.Type}
 * </ul>
 */
public final class StandInMain {
  private StandInMain() {}

  /** Starts, waits for the end of the standard input, stops. */
  public static void main(String[] arguments) throws IOException {
    try (CloudServerStandIn standIn = builder(options(arguments)).start()) {
      System.out.println("port=" + standIn.port());
      System.out.flush();
      while (System.in.read() >= 0) {
        // Whoever started it holds the other end.
      }
    }
  }

  private static Map<String, String> options(String[] arguments) {
    Map<String, String> options = new HashMap<>();
    for (String argument : arguments) {
      int equals = argument.indexOf('=');
      if (!argument.startsWith("--") || equals < 0) {
        throw new IllegalArgumentException("must be --name=value, was " + argument);
      }
      options.put(argument.substring(2, equals), argument.substring(equals + 1));
    }
    return options;
  }

  private static CloudServerStandIn.Builder builder(Map<String, String> options) {
    CloudServerStandIn.Builder builder = CloudServerStandIn.builder();
    options.forEach(
        (name, value) -> {
          switch (name) {
            case "port" -> builder.port(Integer.parseInt(value));
            case "data" -> builder.dataIn(Path.of(value));
            case "mongo" -> builder.mongo(value, options.getOrDefault("database", "metadata"));
            case "database" -> {
              // Read together with the address.
            }
            case "format" -> {
              if (value.equals("v0")) {
                builder.v0();
              }
            }
            case "locations" -> locations(builder, value);
            default -> throw new IllegalArgumentException("unknown option --" + name);
          }
        });
    return builder;
  }

  private static void locations(CloudServerStandIn.Builder builder, String list) {
    for (String location : list.split(",")) {
      int colon = location.indexOf(':');
      builder.location(
          location.substring(0, colon), Location.Type.valueOf(location.substring(colon + 1)));
    }
  }
}
