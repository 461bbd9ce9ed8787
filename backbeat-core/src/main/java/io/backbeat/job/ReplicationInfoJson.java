package io.backbeat.job;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.backbeat.api.LocationName;
import io.backbeat.api.OverallStatus;
import io.backbeat.api.SiteReplication;
import io.backbeat.api.SiteStatus;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The JSON form of {@link ReplicationInfo}. */
final class ReplicationInfoJson {
  private static final String PATH = "replicationInfo.";

  private static final Map<String, SiteStatus> SITE_STATUS = byName(SiteStatus.values());
  private static final Map<String, OverallStatus> OVERALL_STATUS = byName(OverallStatus.values());

  private ReplicationInfoJson() {}

  static ReplicationInfo parse(String json) {
    try (JsonParser parser = Json.FACTORY.createParser(json.getBytes(StandardCharsets.UTF_8))) {
      parser.nextToken();
      ReplicationInfo info = read(parser);
      if (parser.nextToken() != null) {
        throw Json.malformed(parser, "nothing may follow the replicationInfo object");
      }
      return info;
    } catch (IOException e) {
      throw Json.malformed(e);
    }
  }

  /** Reads the value at which the parser stands. */
  static ReplicationInfo read(JsonParser parser) throws IOException {
    if (parser.currentToken() == JsonToken.VALUE_NULL) {
      return ReplicationInfo.NONE;
    }
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      throw Json.malformed(parser, "replicationInfo must be an object");
    }
    Optional<OverallStatus> status = Optional.empty();
    List<SiteReplication> backends = List.of();
    List<String> content = List.of();
    String destination = "";
    String storageClass = "";
    String role = "";
    String storageType = "";
    String dataStoreVersionId = "";
    Optional<Boolean> nfs = Optional.empty();
    for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
      parser.nextToken();
      switch (name) {
        case "status" -> status = Optional.ofNullable(overallStatus(parser));
        case "backends" -> backends = list(parser, "backends", ReplicationInfoJson::backend);
        case "content" -> content = list(parser, "content", p -> Json.text(p, PATH + "content[]"));
        case "destination" -> destination = Json.text(parser, PATH + "destination");
        case "storageClass" -> storageClass = Json.text(parser, PATH + "storageClass");
        case "role" -> role = Json.text(parser, PATH + "role");
        case "storageType" -> storageType = Json.text(parser, PATH + "storageType");
        case "dataStoreVersionId" ->
            dataStoreVersionId = Json.text(parser, PATH + "dataStoreVersionId");
        case "isNFS" -> nfs = nfs(parser);
        default -> parser.skipChildren();
      }
    }
    try {
      return new ReplicationInfo(
          status,
          backends,
          content,
          destination,
          storageClass,
          role,
          storageType,
          dataStoreVersionId,
          nfs);
    } catch (IllegalArgumentException e) {
      throw Json.malformed(parser, "replicationInfo", e);
    }
  }

  static String write(ReplicationInfo info) {
    StringWriter text = new StringWriter(300);
    try (JsonGenerator json = Json.FACTORY.createGenerator(text)) {
      json.writeStartObject();
      json.writeStringField("status", info.status().map(OverallStatus::name).orElse(""));
      json.writeArrayFieldStart("backends");
      for (SiteReplication backend : info.backends()) {
        json.writeStartObject();
        json.writeStringField("site", backend.location().value());
        json.writeStringField("status", backend.status().name());
        json.writeStringField("dataStoreVersionId", backend.dataStoreVersionId());
        json.writeEndObject();
      }
      json.writeEndArray();
      json.writeArrayFieldStart("content");
      for (String part : info.content()) {
        json.writeString(part);
      }
      json.writeEndArray();
      json.writeStringField("destination", info.destination());
      json.writeStringField("storageClass", info.storageClass());
      json.writeStringField("role", info.role());
      json.writeStringField("storageType", info.storageType());
      json.writeStringField("dataStoreVersionId", info.dataStoreVersionId());
      if (info.nfs().isPresent()) {
        json.writeBooleanField("isNFS", info.nfs().get());
      } else {
        json.writeNullField("isNFS");
      }
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory failed", e);
    }
    return text.toString();
  }

  private static SiteReplication backend(JsonParser parser) throws IOException {
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      throw Json.malformed(parser, PATH + "backends[] must be objects");
    }
    LocationName site = null;
    SiteStatus status = null;
    String dataStoreVersionId = "";
    for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
      parser.nextToken();
      switch (name) {
        case "site" -> site = site(parser);
        case "status" -> status = siteStatus(parser);
        case "dataStoreVersionId" ->
            dataStoreVersionId = Json.text(parser, PATH + "backends[].dataStoreVersionId");
        default -> parser.skipChildren();
      }
    }
    if (site == null || status == null) {
      throw Json.malformed(parser, PATH + "backends[] must have site and status");
    }
    return new SiteReplication(site, status, dataStoreVersionId);
  }

  private static LocationName site(JsonParser parser) throws IOException {
    String name = Json.text(parser, PATH + "backends[].site");
    try {
      return ReplicationInfo.siteOf(name);
    } catch (IllegalArgumentException e) {
      throw Json.malformed(parser, PATH + "backends[].site", e);
    }
  }

  private static SiteStatus siteStatus(JsonParser parser) throws IOException {
    SiteStatus status = SITE_STATUS.get(Json.text(parser, PATH + "backends[].status"));
    if (status == null) {
      throw Json.malformed(
          parser,
          PATH + "backends[].status must be one of " + Arrays.toString(SiteStatus.values()));
    }
    return status;
  }

  private static @Nullable OverallStatus overallStatus(JsonParser parser) throws IOException {
    String text = Json.text(parser, PATH + "status");
    OverallStatus status = OVERALL_STATUS.get(text);
    if (status == null && !text.isEmpty()) {
      throw Json.malformed(
          parser,
          PATH + "status must be empty or one of " + Arrays.toString(OverallStatus.values()));
    }
    return status;
  }

  private static Optional<Boolean> nfs(JsonParser parser) throws IOException {
    return parser.currentToken() == JsonToken.VALUE_NULL
        ? Optional.empty()
        : Optional.of(Json.flag(parser, PATH + "isNFS"));
  }

  /** Reads one element of a list. */
  private interface ElementReader<T> {
    T read(JsonParser parser) throws IOException;
  }

  private static <T> List<T> list(JsonParser parser, String member, ElementReader<T> reader)
      throws IOException {
    if (parser.currentToken() == JsonToken.VALUE_NULL) {
      return List.of();
    }
    if (parser.currentToken() != JsonToken.START_ARRAY) {
      throw Json.malformed(parser, PATH + member + " must be an array");
    }
    List<T> elements = new ArrayList<>(4);
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      elements.add(reader.read(parser));
    }
    return elements;
  }

  private static <E extends Enum<E>> Map<String, E> byName(E[] values) {
    return Arrays.stream(values)
        .collect(Collectors.toUnmodifiableMap(Enum::name, Function.identity()));
  }
}
