package io.backbeat.cloudserver;

/**
 * Looks accounts up, at the server that has them. Thread-safe. Errors as of {@link CloudServer}; an
 * account that is unknown is {@link CloudServerException.Kind#ACCESS_DENIED} with the code {@code
 * AccountNotFound}.
 */
public interface Accounts {
  /** The account of that id, which is what a role's ARN names. */
  Account byId(String accountId) throws CloudServerException;

  /**
   * An account, as objects name their owner.
   *
   * @param canonicalId the {@code owner-id} of metadata
   * @param displayName the {@code owner-display-name}
   */
  record Account(String canonicalId, String displayName) {}
}
