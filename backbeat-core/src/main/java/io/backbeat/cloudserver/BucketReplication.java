package io.backbeat.cloudserver;

import java.util.List;

/**
 * The replication configuration of a bucket.
 *
 * @param roles one role, or the one of the source and the one of the destination
 * @param rules in their order
 */
public record BucketReplication(List<String> roles, List<Rule> rules) {
  /** Copies the lists. */
  public BucketReplication {
    roles = List.copyOf(roles);
    rules = List.copyOf(rules);
  }

  /**
   * Which objects.
   *
   * @param prefix of their keys
   * @param enabled whether the rule is in force
   */
  public record Rule(String prefix, boolean enabled) {}

  /** Whether objects of that key are replicated. */
  public boolean covers(String key) {
    return rules.stream().anyMatch(rule -> rule.enabled() && key.startsWith(rule.prefix()));
  }
}
