package io.backbeat.testing.cloudserver;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.backbeat.job.VersionId;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** GET and HEAD of objects by S3 clients ("what clients see"). */
final class ObjectReadRoutes {
  private static final DateTimeFormatter HTTP_DATE =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);
  private static final Pattern RANGE = Pattern.compile("bytes=(\\d*)-(\\d*)");

  private final Server server;

  ObjectReadRoutes(Server server) {
    this.server = server;
  }

  /** A run of bytes. */
  private record Run(long from, long length) {}

  void get(Request request) throws IOException {
    BucketAttributes bucket = server.buckets().get(request.bucket());
    ObjectNode value = object(request, bucket);
    requireData(value);
    JsonNode location = source(request, bucket, value);
    long size = value.path("content-length").asLong();
    Run run = run(request, value, size);
    describe(request, bucket, value);
    if (run.length() < size || !request.header("range").isEmpty()) {
      long last = run.from() + run.length() - 1;
      request.response().header("Content-Range", "bytes " + run.from() + '-' + last + '/' + size);
    }
    boolean partial = !request.header("range").isEmpty() || request.has("partNumber");
    if (run.length() == 0) {
      request.response().bytes(200, new byte[0]);
    } else {
      request.response().stream(
          partial ? 206 : 200,
          run.length(),
          server.stores().joined(location).open(run.from(), run.length()));
    }
  }

  /** An archived object can only be read once it is restored. */
  private static void requireData(ObjectNode value) {
    JsonNode archive = value.path("archive");
    if (archive.has("archiveInfo") && !archive.has("restoreCompletedAt")) {
      throw StandInException.of("InvalidObjectState");
    }
  }

  void head(Request request) throws IOException {
    BucketAttributes bucket = server.buckets().get(request.bucket());
    ObjectNode value = object(request, bucket);
    Run run = run(request, value, value.path("content-length").asLong());
    describe(request, bucket, value);
    request.response().header("Content-Length", Long.toString(run.length()));
    request.response().empty(request.has("partNumber") ? 206 : 200);
  }

  private ObjectNode object(Request request, BucketAttributes bucket) {
    Optional<String> version = request.versionId();
    Optional<ObjectNode> found = server.versions().find(bucket, request.key(), version);
    if (found.isEmpty()) {
      throw StandInException.of(version.isPresent() ? "NoSuchVersion" : "NoSuchKey");
    }
    ObjectNode value = found.get();
    if (Versions.isDeleteMarker(value)) {
      request.response().header("x-amz-delete-marker", "true");
      request.response().headerIfAny("x-amz-version-id", shownVersion(bucket, value));
      throw StandInException.of(version.isPresent() ? "MethodNotAllowed" : "NoSuchKey");
    }
    String unmodifiedSince = request.header("if-unmodified-since");
    if (!unmodifiedSince.isEmpty()
        && lastModified(value)
            .truncatedTo(ChronoUnit.SECONDS)
            .isAfter(HttpDates.parse(unmodifiedSince))) {
      throw StandInException.of("PreconditionFailed");
    }
    String match = request.header("if-match").replace("\"", "");
    if (!match.isEmpty() && !match.equals(value.path("content-md5").asText())) {
      throw StandInException.of("PreconditionFailed");
    }
    return value;
  }

  private static Instant lastModified(ObjectNode value) {
    return Instant.parse(value.path("last-modified").asText());
  }

  private static String shownVersion(BucketAttributes bucket, ObjectNode value) {
    if (!bucket.isVersioned()) {
      return "";
    }
    return Versions.isNullVersion(value) ? VersionIds.NULL : VersionId.encode(Versions.idOf(value));
  }

  private static Run run(Request request, ObjectNode value, long size) {
    if (request.has("partNumber")) {
      return part(request, value, size);
    }
    Matcher range = RANGE.matcher(request.header("range"));
    if (!range.matches()) {
      return new Run(0, size);
    }
    long from;
    long to = size - 1;
    if (range.group(1).isEmpty()) {
      from = Math.max(0, size - Long.parseLong(range.group(2)));
    } else {
      from = Long.parseLong(range.group(1));
      to = range.group(2).isEmpty() ? to : Math.min(to, Long.parseLong(range.group(2)));
    }
    if (from > to) {
      throw StandInException.of("InvalidRange");
    }
    return new Run(from, to - from + 1);
  }

  /** The elements of {@code location[]} whose ETags begin with the number. */
  private static Run part(Request request, ObjectNode value, long size) {
    String number = request.query("partNumber");
    JsonNode locations = value.path("location");
    List<String> etags = locations.findValuesAsText("dataStoreETag");
    long parts = etags.stream().map(etag -> etag.split(":")[0]).distinct().count();
    request.response().header("x-amz-mp-parts-count", Long.toString(Math.max(1, parts)));
    long start = -1;
    long length = 0;
    long at = 0;
    for (JsonNode element : locations) {
      if (element.path("dataStoreETag").asText().startsWith(number + ":")) {
        start = start < 0 ? at : start;
        length += element.path("size").asLong();
      }
      at += element.path("size").asLong();
    }
    if (start < 0 && number.equals("1")) {
      return new Run(0, size);
    }
    if (start < 0) {
      throw StandInException.of("InvalidRange");
    }
    return new Run(start, length);
  }

  /**
   * Where the bytes are read. A replica that the client asks for must be COMPLETED; one that only
   * the bucket prefers is read if it is.
   */
  private JsonNode source(Request request, BucketAttributes bucket, ObjectNode value) {
    String asked = request.header("x-amz-location-constraint");
    JsonNode preferred =
        bucket.json().path("replicationConfiguration").path("preferredReadLocation");
    String site = asked.isEmpty() ? preferred.asText("") : asked;
    if (preferred.isNull() && asked.isEmpty()) {
      site = "";
    }
    if (!asked.isEmpty() && server.stores().location(asked).isEmpty()) {
      throw StandInException.of("InvalidLocationConstraint");
    }
    if (site.isEmpty() || site.equals(value.path("dataStoreName").asText())) {
      return value.path("location");
    }
    for (JsonNode backend : value.path("replicationInfo").path("backends")) {
      if (backend.path("site").asText().equals(site)
          && backend.path("status").asText().equals("COMPLETED")) {
        return JsonText.array()
            .add(
                JsonText.object()
                    .put("key", Cloud.keyOf(bucket.name(), request.key()))
                    .put("dataStoreName", site)
                    .put("dataStoreVersionId", backend.path("dataStoreVersionId").asText()));
      }
    }
    if (asked.isEmpty()) {
      return value.path("location");
    }
    throw StandInException.of("NoSuchVersion", "the object is not at " + site);
  }

  private static void describe(Request request, BucketAttributes bucket, ObjectNode value) {
    Response response = request.response();
    response.header("Accept-Ranges", "bytes");
    response.header("ETag", '"' + value.path("content-md5").asText() + '"');
    response.header("Last-Modified", HTTP_DATE.format(lastModified(value)));
    response.header("Content-Type", value.path("content-type").asText("application/octet-stream"));
    for (String name : ObjectDocument.Described.HEADERS) {
      response.headerIfAny(name, value.path(name).asText());
    }
    response.headerIfAny("x-amz-version-id", shownVersion(bucket, value));
    if (!value.path("tags").isEmpty()) {
      response.header("x-amz-tagging-count", Integer.toString(value.path("tags").size()));
    }
    value
        .properties()
        .forEach(
            member -> {
              if (member.getKey().startsWith(ObjectDocument.META)) {
                response.header(member.getKey(), member.getValue().asText());
              }
            });
    for (String sse : MetadataRoutes.ENCRYPTION) {
      response.headerIfAny(sse, value.path(sse).asText());
    }
    if (value.path("x-amz-scal-transition-in-progress").asBoolean()) {
      response.header("x-amz-meta-scal-s3-transition-in-progress", "true");
    }
    JsonNode info = value.path("replicationInfo");
    response.headerIfAny("x-amz-replication-status", info.path("status").asText());
    if (!info.path("storageType").asText().isEmpty()) {
      for (JsonNode backend : info.path("backends")) {
        String site = ObjectDocument.META + backend.path("site").asText();
        String status = backend.path("status").asText();
        response.header(site + "-replication-status", status);
        if (status.equals("COMPLETED")) {
          response.headerIfAny(site + "-version-id", backend.path("dataStoreVersionId").asText());
        }
      }
    }
  }
}
