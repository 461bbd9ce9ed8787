package io.backbeat.cloudserver.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.backbeat.api.ObjectVersion;
import io.backbeat.cloudserver.LifecycleListing;
import io.backbeat.cloudserver.LifecycleListing.Entry;
import io.backbeat.cloudserver.LifecycleListing.Kind;
import io.backbeat.cloudserver.LifecycleListing.Marker;
import io.backbeat.cloudserver.LifecycleListing.Page;
import io.backbeat.cloudserver.LifecycleListing.Tag;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The requests of {@link io.backbeat.cloudserver.LifecycleRoutes} and their answers. Pure. */
final class LifecycleCalls {
  private LifecycleCalls() {}

  static Call expire(ObjectVersion object) {
    return Routes.internal("DELETE", "expiration", object).queryIf("versionId", object.versionId());
  }

  static Call list(LifecycleListing listing) {
    boolean versions = listing.kind() == Kind.NONCURRENT;
    Marker from = listing.from();
    return Call.of("GET", Routes.bucketPath("lifecycle", listing.bucket()))
        .query("list-type", listing.kind().name().toLowerCase(Locale.ROOT))
        .queryIf("before-date", listing.beforeDate().map(Instant::toString).orElse(""))
        .queryIf("excluded-data-store-name", listing.excludedLocation())
        .queryIf("prefix", listing.prefix())
        .query("max-keys", Integer.toString(listing.maxKeys()))
        .queryIf(versions ? "key-marker" : "marker", from.key())
        .queryIf("version-id-marker", versions ? from.versionId() : "");
  }

  static Page page(byte[] body) {
    JsonNode json = Answers.json(body);
    List<Entry> entries = new ArrayList<>();
    json.path("Contents").forEach(content -> entries.add(entry(content)));
    return new Page(entries, next(json));
  }

  private static Optional<Marker> next(JsonNode json) {
    JsonNode truncated = json.path("IsTruncated");
    if (!truncated.asBoolean(false)) {
      return Optional.empty();
    }
    String key = Answers.text(json, json.hasNonNull("NextMarker") ? "NextMarker" : "NextKeyMarker");
    if (key.isEmpty()) {
      throw new IllegalArgumentException("there is more, and no marker");
    }
    return Optional.of(new Marker(key, Answers.text(json, "NextVersionIdMarker")));
  }

  private static Entry entry(JsonNode content) {
    List<Tag> tags = new ArrayList<>();
    content
        .path("TagSet")
        .forEach(tag -> tags.add(new Tag(tag.path("Key").asText(), tag.path("Value").asText())));
    return new Entry(
        Answers.required(content, "Key"),
        Answers.text(content, "VersionId"),
        content.path("IsLatest").asBoolean(false),
        Answers.date(Answers.required(content, "LastModified")).orElseThrow(),
        unquoted(Answers.text(content, "ETag")),
        content.path("Size").asLong(),
        content.path("Owner").path("ID").asText(),
        Answers.text(content, "StorageClass"),
        Answers.text(content, "DataStoreName"),
        tags,
        Answers.date(Answers.text(content, "staleDate")));
  }

  static String unquoted(String etag) {
    boolean quoted = etag.length() >= 2 && etag.startsWith("\"") && etag.endsWith("\"");
    return quoted ? etag.substring(1, etag.length() - 1) : etag;
  }
}
