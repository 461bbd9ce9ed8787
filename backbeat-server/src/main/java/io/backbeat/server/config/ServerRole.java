package io.backbeat.server.config;

import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** A part of the work that a process of the cluster profile can take on. */
public enum ServerRole {
  /** Serves the REST API. */
  API,
  /** Reads the metadata log and queues jobs. */
  POPULATOR,
  /** Runs the jobs of locations and queues due retries. */
  PROCESSOR,
  /** Settles what other processes tell on the status topic, and queues due retries. */
  STATUS,
  /** Deletes data that is not needed any more. */
  GC,
  /** Counts what other processes tell on the metrics topic. */
  METRICS;

  /** Every role. */
  public static final Set<ServerRole> ALL =
      Collections.unmodifiableSet(EnumSet.allOf(ServerRole.class));

  /**
   * The role of a name, whatever its case.
   *
   * @throws IllegalArgumentException if there is none; names the nearest
   */
  public static ServerRole of(String name) {
    for (ServerRole role : values()) {
      if (role.toString().equalsIgnoreCase(name.strip())) {
        return role;
      }
    }
    List<String> names = Arrays.stream(values()).map(ServerRole::toString).toList();
    throw new IllegalArgumentException(
        "no role is called \""
            + name.strip()
            + "\""
            + NearestName.of(name.strip(), names)
                .map(near -> "; did you mean " + near + "? There")
                .orElse("; there")
            + " are "
            + String.join(", ", names));
  }

  /**
   * Reads names with commas between.
   *
   * @throws IllegalArgumentException if one is unknown, or none is given
   */
  public static Set<ServerRole> parse(String names) {
    return of(List.of(names.split(",", -1)));
  }

  static Set<ServerRole> of(Collection<String> names) {
    Set<ServerRole> roles = EnumSet.noneOf(ServerRole.class);
    names.forEach(name -> roles.add(of(name)));
    if (roles.isEmpty()) {
      throw new IllegalArgumentException("names no role; give one or more of " + text(ALL));
    }
    return Collections.unmodifiableSet(roles);
  }

  /** The names with commas between, in the order above. */
  public static String text(Set<ServerRole> roles) {
    return String.join(
        ",", Arrays.stream(values()).filter(roles::contains).map(ServerRole::toString).toList());
  }

  /** As it is written in configurations. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
