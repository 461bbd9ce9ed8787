package io.backbeat.testing.cloudserver;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URLDecoder;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;

/**
 * What Vault and STS answer ("credentials"): sessions of assumed roles, and the attributes of
 * accounts. At {@code /} and at {@code /_/backbeat/vault}. Vault answers JSON, STS the XML of its
 * query protocol.
 */
final class IdentityRoutes {
  private static final String STS_NAMESPACE = "https://sts.amazonaws.com/doc/2011-06-15/";

  private final Signatures signatures;
  private final java.time.Clock clock;
  private final Set<String> refusedRoles = ConcurrentHashMap.newKeySet();
  private final AtomicReference<Duration> life = new AtomicReference<>(Duration.ofHours(1));

  IdentityRoutes(Signatures signatures, java.time.Clock clock) {
    this.signatures = signatures;
    this.clock = clock;
  }

  void refuseRole(String roleArn) {
    refusedRoles.add(roleArn);
  }

  void allowRole(String roleArn) {
    refusedRoles.remove(roleArn);
  }

  void sessionsLast(Duration time) {
    life.set(time);
  }

  /** Which of the routes a request really is, which only its parameters tell. */
  static Route route(Map<String, List<String>> parameters) {
    return switch (first(parameters, "Action")) {
      case "AssumeRoleBackbeat" -> Route.VAULT_ASSUME_ROLE;
      case "AssumeRole" -> Route.STS_ASSUME_ROLE;
      case "AccountsCanonicalIds", "GetAccounts" -> Route.VAULT_ACCOUNTS;
      default -> Route.UNKNOWN;
    };
  }

  /** The parameters of the query and of a body that is a form. */
  static Map<String, List<String>> parameters(Request request) throws IOException {
    Map<String, List<String>> parameters = new LinkedHashMap<>();
    request.query().forEach((name, value) -> add(parameters, name, value));
    for (String pair : new String(request.body().buffer(), UTF_8).split("&")) {
      int equals = pair.indexOf('=');
      if (equals > 0) {
        add(
            parameters,
            URLDecoder.decode(pair.substring(0, equals), UTF_8),
            URLDecoder.decode(pair.substring(equals + 1), UTF_8));
      }
    }
    return parameters;
  }

  private static void add(Map<String, List<String>> parameters, String name, String value) {
    parameters.computeIfAbsent(name, n -> new java.util.ArrayList<>()).add(value);
  }

  private static String first(Map<String, List<String>> parameters, String name) {
    return parameters.getOrDefault(name, List.of("")).get(0);
  }

  private record Session(String accessKey, String secretKey, String token, Instant until) {}

  private Session assume(String roleArn) {
    String[] parts = roleArn.split(":");
    if (parts.length < 6 || !parts[5].startsWith("role/")) {
      throw StandInException.of("InvalidArgument", "no ARN of a role: " + roleArn);
    }
    if (refusedRoles.contains(roleArn)) {
      throw StandInException.of("AccessDenied");
    }
    Account account =
        signatures.byAccountId(parts[4]).orElseThrow(() -> StandInException.of("NoSuchEntity"));
    Session session =
        new Session(
            "ASIA"
                + UUID.randomUUID()
                    .toString()
                    .replace("-", "")
                    .substring(0, 16)
                    .toUpperCase(java.util.Locale.ROOT),
            UUID.randomUUID().toString(),
            UUID.randomUUID().toString(),
            clock.instant().plus(life.get()));
    signatures.open(
        account.withKeys(session.accessKey(), session.secretKey()),
        session.token(),
        session.until());
    return session;
  }

  void assumeAtVault(Request request, Map<String, List<String>> parameters) throws IOException {
    String roleArn = first(parameters, "RoleArn");
    Session session = assume(roleArn);
    ObjectNode answer = JsonText.object();
    answer
        .putObject("Credentials")
        .put("AccessKeyId", session.accessKey())
        .put("SecretAccessKey", session.secretKey())
        .put("SessionToken", session.token())
        .put("Expiration", session.until().toEpochMilli());
    answer.put("AssumedRoleUser", roleArn + '/' + first(parameters, "RoleSessionName"));
    request.json(answer);
  }

  /** Names of accounts, of those that are known; an unknown one is left out. */
  void accounts(Request request, Map<String, List<String>> parameters) throws IOException {
    ArrayNode answer = JsonText.array();
    for (String list : all(parameters, "accountIds")) {
      for (String id : list.split(",")) {
        signatures.byAccountId(id).ifPresent(account -> describe(answer, account));
      }
    }
    for (String list : all(parameters, "canonicalIds")) {
      for (String id : list.split(",")) {
        signatures.byCanonicalId(id).ifPresent(account -> describe(answer, account));
      }
    }
    request.json(answer);
  }

  private static List<String> all(Map<String, List<String>> parameters, String name) {
    return parameters.entrySet().stream()
        .filter(p -> p.getKey().equals(name) || p.getKey().startsWith(name + '['))
        .flatMap(p -> p.getValue().stream())
        .toList();
  }

  private static void describe(ArrayNode answer, Account account) {
    answer
        .addObject()
        .put("accountId", account.accountId())
        .put("id", account.accountId())
        .put("canonicalId", account.canonicalId())
        .put("canId", account.canonicalId())
        .put("name", account.name());
  }

  void assumeAtSts(Request request, Map<String, List<String>> parameters) throws IOException {
    String roleArn = first(parameters, "RoleArn");
    Session session = assume(roleArn);
    request
        .response()
        .xml(
            200,
            new XmlText()
                .root("AssumeRoleResponse", STS_NAMESPACE)
                .open("AssumeRoleResult")
                .open("Credentials")
                .add("AccessKeyId", session.accessKey())
                .add("SecretAccessKey", session.secretKey())
                .add("SessionToken", session.token())
                .add("Expiration", session.until())
                .close("Credentials")
                .open("AssumedRoleUser")
                .add("AssumedRoleId", "id:" + first(parameters, "RoleSessionName"))
                .add("Arn", roleArn + '/' + first(parameters, "RoleSessionName"))
                .close("AssumedRoleUser")
                .close("AssumeRoleResult")
                .open("ResponseMetadata")
                .add("RequestId", request.id())
                .close("ResponseMetadata")
                .close("AssumeRoleResponse"));
  }

  /** An error as the AWS SDK reads it from STS. */
  static void stsError(Request request, StandInException error) throws IOException {
    request
        .response()
        .xml(
            error.status(),
            new XmlText()
                .root("ErrorResponse", STS_NAMESPACE)
                .open("Error")
                .add("Type", "Sender")
                .add("Code", error.code())
                .add("Message", error.getMessage())
                .close("Error")
                .add("RequestId", request.id())
                .close("ErrorResponse"));
  }
}
