package io.backbeat.cloudserver.faults;

import java.util.Set;
import java.util.TreeSet;

/**
 * What CloudServers keep and nobody needs.
 *
 * @param uploads that are open in clouds
 * @param source data at the source
 * @param destination data at the other server
 */
record LeftOver(Set<String> uploads, Set<String> source, Set<String> destination) {
  static LeftOver at(ReplicatedServers servers) {
    Set<String> uploads = new TreeSet<>();
    servers
        .source
        .clouds()
        .forEach((name, cloud) -> cloud.openUploads().keySet().forEach(id -> uploads.add(id)));
    return new LeftOver(uploads, servers.source.orphans(), servers.destination.orphans());
  }

  /** What came later. */
  LeftOver since(LeftOver before) {
    return new LeftOver(
        minus(uploads, before.uploads),
        minus(source, before.source),
        minus(destination, before.destination));
  }

  private static Set<String> minus(Set<String> all, Set<String> without) {
    Set<String> rest = new TreeSet<>(all);
    rest.removeAll(without);
    return rest;
  }

  /** All of it. */
  int count() {
    return uploads.size() + source.size() + destination.size();
  }
}
