package io.backbeat.cloudserver.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.backbeat.cloudserver.Accounts;
import io.backbeat.cloudserver.CloudServerException;
import io.backbeat.cloudserver.CloudServerException.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The accounts of {@code conf/authdata.json}, as they were when it was read. Immutable.
 *
 * <p>{@code keys} of an account may be a list, as CloudServer has it, of which the first pair
 * counts, or one pair, as the original has it. The account id is the twelve digits in the ARN, or
 * {@code shortid}.
 */
public final class AccountFile implements Accounts {
  /**
   * An account of the file.
   *
   * @param displayName the name, where the file says nothing else
   */
  private record Entry(
      String name, String accountId, String canonicalId, String displayName, JsonNode keys) {}

  private static final Pattern ACCOUNT_ID = Pattern.compile(":(\\d{12}):");

  private final String origin;
  private final List<Entry> entries;

  private AccountFile(String origin, List<Entry> entries) {
    this.origin = origin;
    this.entries = entries;
  }

  /**
   * Reads a file.
   *
   * @throws IOException if it cannot be read, or is no such file; says which
   */
  public static AccountFile read(Path file) throws IOException {
    try {
      return parse(file.toString(), Files.readString(file));
    } catch (IllegalArgumentException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  /** Reads the text of a file. Pure. */
  static AccountFile parse(String origin, String json) {
    JsonNode accounts;
    try {
      accounts = JsonTexts.MAPPER.readTree(json).path("accounts");
    } catch (IOException e) {
      throw new IllegalArgumentException(origin + " must be JSON: " + e.getMessage(), e);
    }
    if (!accounts.isArray()) {
      throw new IllegalArgumentException(origin + " must have a list \"accounts\"");
    }
    List<Entry> entries = new ArrayList<>();
    for (JsonNode account : accounts) {
      String name = account.path("name").asText();
      String displayName = account.path("displayName").asText();
      entries.add(
          new Entry(
              name,
              accountId(account),
              account.path("canonicalID").asText(),
              displayName.isEmpty() ? name : displayName,
              account.path("keys")));
    }
    return new AccountFile(origin, List.copyOf(entries));
  }

  private static String accountId(JsonNode account) {
    Matcher digits = ACCOUNT_ID.matcher(account.path("arn").asText());
    return digits.find() ? digits.group(1) : account.path("shortid").asText();
  }

  /**
   * The keys of an account.
   *
   * @throws IllegalArgumentException if the file has no such account, or no keys of it; names both
   */
  public Credentials account(String name) {
    for (Entry entry : entries) {
      if (entry.name().equals(name)) {
        return credentials(entry);
      }
    }
    throw new IllegalArgumentException(
        origin
            + " has no account \""
            + name
            + "\"; it has "
            + entries.stream().map(Entry::name).toList());
  }

  /** The keys of the account {@code service-<name>}; otherwise as {@link #account}. */
  public Credentials service(String name) {
    return account("service-" + name);
  }

  private Credentials credentials(Entry entry) {
    JsonNode pair = entry.keys().isArray() ? entry.keys().path(0) : entry.keys();
    String access = pair.path("access").asText();
    String secret = pair.path("secret").asText();
    if (access.isEmpty() || secret.isEmpty()) {
      throw new IllegalArgumentException(
          origin + " must have keys {access, secret} of the account \"" + entry.name() + "\"");
    }
    return Credentials.of(access, secret);
  }

  @Override
  public Account byId(String accountId) throws CloudServerException {
    for (Entry entry : entries) {
      if (entry.accountId().equals(accountId) && !entry.canonicalId().isEmpty()) {
        return new Account(entry.canonicalId(), entry.displayName());
      }
    }
    throw Errors.of(
        Kind.ACCESS_DENIED,
        "AccountNotFound",
        origin + " has no account with the id " + accountId + " and a canonicalID",
        null);
  }
}
