package io.backbeat.server.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.backbeat.api.LocationName;
import io.backbeat.s3.S3Credentials;
import io.backbeat.s3.S3Endpoint;
import io.backbeat.s3.S3Options;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.StreamSupport;

/**
 * What values a key takes. As the original does, a number or truth value may also be written as a
 * text.
 *
 * @param name as in the table of known keys
 * @param check what is wrong with a value and what would be right; empty if nothing is
 */
record ValueKind(String name, Function<JsonNode, Optional<String>> check) {
  static final ValueKind ANY = new ValueKind("any", node -> Optional.empty());
  private static final long MAX_PORT = 65_535;
  private static final int MAX_BUCKET_LENGTH = 255;

  /** Reads a kind as {@code port}, {@code int(1..10)} or {@code choice(a,b)}. */
  static ValueKind parse(String text) {
    int open = text.indexOf('(');
    String name = open < 0 ? text : text.substring(0, open);
    String argument = open < 0 ? "" : text.substring(open + 1, text.length() - 1);
    return new ValueKind(text, check(name, argument));
  }

  Optional<String> problem(JsonNode value) {
    return check.apply(value);
  }

  private static Function<JsonNode, Optional<String>> check(String name, String argument) {
    return switch (name) {
      case "any" -> ANY.check();
      case "text" -> node -> when(!node.isTextual(), "is not a text; put it in quotes");
      case "bool" ->
          node ->
              when(
                  !node.isBoolean() && !List.of("true", "false").contains(node.asText()),
                  "is neither true nor false; give one of them");
      case "int" -> node -> number(node, argument, true, "a whole number");
      case "num" -> node -> number(node, argument, false, "a number");
      case "port" -> node -> number(node, "0.." + MAX_PORT, true, "a port");
      case "choice" -> node -> choice(node, List.of(argument.split(",", -1)));
      case "chars" -> node -> characters(node, Integer.parseInt(argument));
      case "address" ->
          node ->
              when(
                  !node.isTextual() || node.asText().isBlank(),
                  "is not an address; give one as 127.0.0.1");
      case "path" ->
          node ->
              node.asText().isBlank()
                  ? Optional.of("is not a path; give the text of one")
                  : refused(node, Path::of);
      case "bucket" ->
          node ->
              when(
                  !node.isTextual()
                      || !node.asText().matches("[^/\\p{Cntrl}]{1," + MAX_BUCKET_LENGTH + "}"),
                  "is not the name of a bucket; give 1 to 255 characters without '/'");
      case "location" -> node -> refused(node, LocationName::of);
      case "s3" -> node -> refused(node, S3Options::parse);
      case "endpoint" -> node -> refused(node, ValueKind::endpoint);
      case "hosts", "servers", "sentinels" -> ServerList::problem;
      case "zookeeper" -> ValueKind::ensemble;
      case "mongodb" ->
          node ->
              when(
                  !node.asText().matches("mongodb(\\+srv)?://.+"),
                  "is no connection string; give one as mongodb://host:27017/?replicaSet=rs0");
      case "scalar" ->
          node -> when(!node.isValueNode(), "is neither a text nor a number nor true or false");
      case "roles" -> ValueKind::roles;
      default -> throw new IllegalArgumentException("no kind of value is called " + name);
    };
  }

  /** Servers, and a chroot behind them. */
  private static Optional<String> ensemble(JsonNode node) {
    int slash = node.asText().indexOf('/');
    String servers = slash < 0 ? node.asText() : node.asText().substring(0, slash);
    boolean badChroot =
        slash >= 0 && !node.asText().substring(slash).strip().matches("(/[^/\\s,]+)+");
    return !node.isTextual() || badChroot
        ? Optional.of("is not right; give servers and a chroot, as zk-0:2181,zk-1:2181/backbeat")
        : ServerList.problem(TextNode.valueOf(servers));
  }

  private static Optional<String> roles(JsonNode node) {
    try {
      Set<ServerRole> roles =
          node.isArray()
              ? ServerRole.of(
                  StreamSupport.stream(node.spliterator(), false).map(JsonNode::asText).toList())
              : ServerRole.parse(node.asText());
      return when(roles.isEmpty(), "names no role");
    } catch (IllegalArgumentException e) {
      return Optional.of("is not right: " + e.getMessage());
    }
  }

  private static S3Endpoint endpoint(String uri) {
    return S3Endpoint.of(URI.create(uri), new S3Credentials("", ""));
  }

  private static Optional<String> number(JsonNode node, String range, boolean whole, String what) {
    Optional<BigDecimal> value = decimal(node);
    BigDecimal from = new BigDecimal(range.substring(0, range.indexOf("..")));
    String to = range.substring(range.indexOf("..") + 2);
    boolean fits =
        value.isPresent()
            && value.get().compareTo(from) >= 0
            && value
                    .get()
                    .compareTo(to.isEmpty() ? new BigDecimal(Long.MAX_VALUE) : new BigDecimal(to))
                <= 0
            && (!whole || value.get().stripTrailingZeros().scale() <= 0);
    boolean isWhat = value.isPresent() && !what.equals("a port");
    return when(
        !fits,
        (isWhat ? "is out of range" : "is not " + what)
            + "; give "
            + (isWhat && whole ? "a whole number, " : "")
            + (to.isEmpty() ? from + " or more" : from + " to " + to));
  }

  private static Optional<BigDecimal> decimal(JsonNode node) {
    if (!node.isNumber() && !node.isTextual()) {
      return Optional.empty();
    }
    try {
      // A text of a million digits, or 1e999999999, takes minutes to compare.
      String text = node.asText().strip();
      return text.length() > 30 || text.matches(".*[eE].*")
          ? Optional.empty()
          : Optional.of(new BigDecimal(text));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  private static Optional<String> choice(JsonNode node, List<String> choices) {
    return when(
        !node.isTextual() || !choices.contains(node.asText()),
        "is not known; give "
            + (choices.size() == 2
                ? choices.get(0) + " or " + choices.get(1)
                : "one of " + String.join(", ", choices)));
  }

  private static Optional<String> characters(JsonNode node, int length) {
    int has = node.isTextual() ? node.asText().length() : 0;
    return when(
        has != length,
        (node.isTextual() ? "has " + has + (has == 1 ? " character" : " characters") : "is no text")
            + "; give exactly "
            + length
            + ", as \"RG001  \"");
  }

  private static Optional<String> refused(JsonNode node, Function<String, ?> parser) {
    if (!node.isTextual()) {
      return Optional.of("is not a text; put it in quotes");
    }
    try {
      Object parsed = parser.apply(node.asText());
      return parsed == null ? Optional.of("is not valid") : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.of("is not valid: " + Secrets.maskUrls(String.valueOf(e.getMessage())));
    }
  }

  private static Optional<String> when(boolean wrong, String message) {
    return wrong ? Optional.of(message) : Optional.empty();
  }
}
