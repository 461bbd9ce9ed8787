package io.backbeat.cloudserver;

/**
 * Where accounts are looked up, such as a Vault. Port; thread-safe. What is asked often is
 * remembered by those who ask.
 *
 * <p>Both methods throw {@link CloudServerException}: ACCESS_DENIED if the directory does not let
 * us, UNAVAILABLE or FAILED if it does not answer, and NOT_FOUND with the code {@code NoSuchEntity}
 * for an account that there is not.
 */
public interface AccountDirectory {
  /** The account with that id. */
  Account byId(String accountId) throws CloudServerException;

  /** The account that owns objects under that canonical id. */
  Account byCanonicalId(String canonicalId) throws CloudServerException;
}
