package io.backbeat.cloudserver.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.backbeat.cloudserver.BackendReceipt;
import io.backbeat.cloudserver.BucketIndexes;
import io.backbeat.cloudserver.BucketIndexes.Index;
import io.backbeat.cloudserver.BucketReplication;
import io.backbeat.cloudserver.DataReceipt;
import io.backbeat.cloudserver.UploadedPart;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Reads what the routes answer. Pure; whatever is not what a route answers is an {@link
 * IllegalArgumentException} that names it.
 */
final class Answers {
  private Answers() {}

  static String metadata(byte[] body) {
    return required(json(body), "Body");
  }

  static DataReceipt data(byte[] body, Map<String, String> encryption) {
    JsonNode first = json(body).path(0);
    return new DataReceipt(
        required(first, "key"),
        required(first, "dataStoreName"),
        first.path("cryptoScheme").asText(),
        first.path("cipheredDataKey").asText(),
        encryption);
  }

  static BackendReceipt backend(byte[] body) {
    JsonNode json = json(body);
    JsonNode location = json.path("location");
    return new BackendReceipt(
        text(json, "versionId"), location.isArray() ? location.toString() : "[]");
  }

  static String uploadId(byte[] body) {
    return required(json(body), "uploadId");
  }

  static UploadedPart part(byte[] body, int number, long size) {
    JsonNode json = json(body);
    return new UploadedPart(
        number, required(json, "ETag"), json.path("numberSubParts").asInt(0), size);
  }

  static String versionId(byte[] body) {
    return text(json(body), "versionId");
  }

  static Optional<Instant> lastModified(byte[] body) {
    return date(text(json(body), "lastModified"));
  }

  static BucketReplication replication(byte[] body) {
    Xml root = Xml.parse(body);
    List<String> roles =
        Stream.of(root.text("Role").split(",", -1))
            .map(String::strip)
            .filter(role -> !role.isEmpty())
            .toList();
    return new BucketReplication(roles, root.all("Rule").stream().map(Answers::rule).toList());
  }

  private static BucketReplication.Rule rule(Xml rule) {
    String prefix = rule.text("Prefix");
    String filtered = rule.first("Filter").map(Answers::filterPrefix).orElse("");
    return new BucketReplication.Rule(
        prefix.isEmpty() ? filtered : prefix, rule.text("Status").equals("Enabled"));
  }

  private static String filterPrefix(Xml filter) {
    return filter.first("And").orElse(filter).text("Prefix");
  }

  static boolean versioned(byte[] body) {
    return Xml.parse(body).text("Status").equals("Enabled");
  }

  static List<Index> indexes(byte[] body) {
    List<Index> indexes = new ArrayList<>();
    for (JsonNode index : json(body).path("Indexes")) {
      List<BucketIndexes.Key> keys = new ArrayList<>();
      for (JsonNode key : index.path("keys")) {
        keys.add(new BucketIndexes.Key(required(key, "key"), key.path("order").asInt(1) > 0));
      }
      indexes.add(new Index(required(index, "name"), keys));
    }
    return indexes;
  }

  static JsonNode json(byte[] body) {
    try {
      return JsonTexts.MAPPER.readTree(body);
    } catch (IOException e) {
      throw new IllegalArgumentException("not JSON: " + e.getMessage(), e);
    }
  }

  static String required(JsonNode json, String member) {
    JsonNode value = json.path(member);
    if (!value.isTextual() || value.textValue().isEmpty()) {
      throw new IllegalArgumentException("there is no text " + member);
    }
    return value.textValue();
  }

  /** Empty if it is missing or null. */
  static String text(JsonNode json, String member) {
    return json.path(member).isNull() ? "" : json.path(member).asText();
  }

  /** ISO 8601, or as HTTP writes it; empty for an empty text. */
  static Optional<Instant> date(String text) {
    if (text.isEmpty()) {
      return Optional.empty();
    }
    try {
      boolean iso = Character.isDigit(text.charAt(0));
      return Optional.of(
          iso
              ? OffsetDateTime.parse(text).toInstant()
              : ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant());
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("no date: \"" + text + "\"", e);
    }
  }
}
