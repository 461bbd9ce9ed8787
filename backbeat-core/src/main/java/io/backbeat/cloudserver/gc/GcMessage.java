package io.backbeat.cloudserver.gc;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.backbeat.api.ObjectVersion;
import io.backbeat.cloudserver.DataLocation;
import io.backbeat.cloudserver.DeleteCondition;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a message of {@code backbeat-gc} asks for. Pure. */
sealed interface GcMessage {
  /** Whose the object is. */
  Owner owner();

  /**
   * Whose an object is; both may be empty.
   *
   * @param accountId of the account
   * @param canonicalId under which the account owns objects
   */
  record Owner(String accountId, String canonicalId) {
    static Owner of(JsonNode target) {
      return new Owner(target.path("accountId").asText(""), target.path("owner").asText(""));
    }
  }

  /**
   * Delete data.
   *
   * @param bucket of the object it was of
   * @param key of that object
   * @param locations the data
   * @param condition under which
   * @param replicated whether it is the data of a version that has reached all its destinations, so
   *     that the version itself says whether it is still wanted
   */
  record Deletion(
      String bucket,
      String key,
      List<DataLocation> locations,
      DeleteCondition condition,
      boolean replicated,
      Owner owner)
      implements GcMessage {
    /** Copies the list. */
    public Deletion {
      locations = List.copyOf(locations);
    }
  }

  /**
   * Delete the data of a version that is in an archive now, and say so in its metadata.
   *
   * @param object the version
   * @param oldLocation where its data is
   * @param newLocation the archive
   * @param eTag of the data without quotes; empty if not told
   */
  record ArchiveDeletion(
      ObjectVersion object, String oldLocation, String newLocation, String eTag, Owner owner)
      implements GcMessage {}

  /**
   * Reads a message.
   *
   * @param object the version the job is about
   * @throws IllegalArgumentException if it asks for nothing that is known, or does not say it in
   *     full; a retry does not help
   */
  static GcMessage parse(ObjectVersion object, String json) {
    JsonNode message = read(json);
    String action = message.path("action").asText("");
    JsonNode target = message.path("target");
    return switch (action) {
      case "deleteData" -> deleteData(object, message, target);
      case "deleteArchivedSourceData" ->
          new ArchiveDeletion(
              object,
              required(target, "oldLocation"),
              required(target, "newLocation"),
              unquoted(message.path("contextInfo").path("eTag").asText("")),
              Owner.of(target));
      default ->
          throw new IllegalArgumentException(
              "action must be deleteData or deleteArchivedSourceData, was \"" + action + '"');
    };
  }

  private static GcMessage deleteData(ObjectVersion object, JsonNode message, JsonNode target) {
    List<DataLocation> locations = locations(target.path("locations"));
    if (locations.isEmpty()) {
      throw new IllegalArgumentException("target.locations must name data to delete");
    }
    JsonNode source = message.path("source");
    return new Deletion(
        source.path("bucket").asText(object.bucket()),
        source.path("objectKey").asText(object.key()),
        locations,
        condition(source, message.path("serviceName").asText("")),
        message.path("contextInfo").path("origin").asText("").equals("transientSource"),
        Owner.of(target));
  }

  /** The places of an array {@code location}, or of the target of a message. */
  static List<DataLocation> locations(JsonNode array) {
    List<DataLocation> locations = new ArrayList<>();
    for (JsonNode location : array) {
      locations.add(
          new DataLocation(
              required(location, "key"),
              required(location, "dataStoreName"),
              location.path("size").asLong(-1),
              location.path("dataStoreVersionId").asText("")));
    }
    return locations;
  }

  private static DeleteCondition condition(JsonNode source, String serviceName) {
    Map<String, String> tags = new LinkedHashMap<>();
    tags.put("scal-delete-marker", "true");
    if (!serviceName.isEmpty()) {
      tags.put("scal-delete-service", serviceName);
    }
    return new DeleteCondition(
        instant(source.path("lastModified").asText("")),
        source.path("storageClass").asText(""),
        tags);
  }

  private static Optional<Instant> instant(String text) {
    try {
      return text.isEmpty() ? Optional.empty() : Optional.of(Instant.parse(text));
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          "source.lastModified must be a timestamp like 2026-11-22T10:47:44.365Z, was \""
              + text
              + '"',
          e);
    }
  }

  private static String required(JsonNode object, String member) {
    String text = object.path(member).asText("");
    if (text.isEmpty()) {
      throw new IllegalArgumentException(member + " must not be missing in " + object);
    }
    return text;
  }

  private static String unquoted(String eTag) {
    return eTag.replace("\"", "");
  }

  private static JsonNode read(String json) {
    try {
      return new ObjectMapper().readTree(json);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("must be JSON: " + e.getOriginalMessage(), e);
    }
  }
}
