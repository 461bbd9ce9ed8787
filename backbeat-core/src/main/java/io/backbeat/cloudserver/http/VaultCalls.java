package io.backbeat.cloudserver.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.backbeat.cloudserver.Accounts.Account;
import io.backbeat.cloudserver.CloudServerException;
import io.backbeat.cloudserver.CloudServerException.Kind;
import java.time.Instant;
import java.util.Optional;

/** The requests of {@link Vault} and their answers. Pure. */
final class VaultCalls {
  private VaultCalls() {}

  /** Sent again if need be: another session does no harm. */
  static Call assume(String path, String roleArn, String sessionName) {
    return Call.of("POST", path)
        .header("Content-Type", "application/x-www-form-urlencoded")
        .body(
            Body.text(
                "Action=AssumeRoleBackbeat&RoleArn="
                    + PercentEncoding.encode(roleArn)
                    + "&RoleSessionName="
                    + PercentEncoding.encode(sessionName)))
        .repeat();
  }

  static Session session(byte[] body) {
    JsonNode json = Answers.json(body);
    JsonNode lent = (json.has("Credentials") ? json : json.path("data")).path("Credentials");
    return new Session(
        new Credentials(
            Answers.required(lent, "AccessKeyId"),
            Answers.required(lent, "SecretAccessKey"),
            Optional.of(Answers.required(lent, "SessionToken"))),
        expiration(lent.path("Expiration")));
  }

  private static Instant expiration(JsonNode time) {
    if (time.isIntegralNumber()) {
      return Instant.ofEpochMilli(time.longValue());
    }
    return Answers.date(time.asText())
        .orElseThrow(() -> new IllegalArgumentException("there is no Expiration"));
  }

  static Call accounts(String path, String accountId) {
    return Call.of("GET", path)
        .query("Action", "AccountsCanonicalIds")
        .query("accountIds", accountId);
  }

  static Optional<Account> account(byte[] body) {
    JsonNode first = Answers.json(body).path(0);
    if (Answers.text(first, "canonicalId").isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new Account(Answers.required(first, "canonicalId"), Answers.text(first, "name")));
  }

  static Call accountIds(String path, String canonicalId) {
    return Call.of("GET", path)
        .query("Action", "GetAccounts")
        .query("Version", "2010-05-08")
        .query("canonicalIds", canonicalId);
  }

  static Optional<String> accountId(byte[] body, String canonicalId) {
    for (JsonNode account : Answers.json(body)) {
      if (Answers.text(account, "canId").equals(canonicalId)) {
        return Optional.of(Answers.required(account, "id"));
      }
    }
    return Optional.empty();
  }

  static CloudServerException unknown(String account) {
    return Errors.of(
        Kind.ACCESS_DENIED, "AccountNotFound", "Vault knows no account with the " + account, null);
  }
}
