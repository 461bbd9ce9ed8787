package io.backbeat.server.golden;

import io.backbeat.server.golden.Outages.Service;
import java.util.Map;
import java.util.Set;

/** Which services were down in an environment of the recording. */
final class Environment {

  private static final Map<String, Set<Service>> DOWN =
      Map.of(
          "zookeeper down", Set.of(Service.ZOOKEEPER),
          "kafka down", Set.of(Service.KAFKA),
          "redis down", Set.of(Service.REDIS),
          "mongo down", Set.of(Service.MONGODB),
          "metadata source refuses connections", Set.of(Service.CLOUDSERVER));

  private Environment() {}

  static Set<Service> down(String environment) {
    if (environment.isEmpty() || environment.contains("restarted")) {
      return Set.of();
    }
    Set<Service> down = DOWN.get(environment);
    if (down == null) {
      throw new AssertionError("unknown environment " + environment);
    }
    return down;
  }
}
