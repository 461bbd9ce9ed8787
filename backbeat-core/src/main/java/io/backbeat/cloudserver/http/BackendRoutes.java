package io.backbeat.cloudserver.http;

import io.backbeat.api.ObjectVersion;
import io.backbeat.cloudserver.Backend;
import io.backbeat.cloudserver.Payload;
import io.backbeat.cloudserver.ReplicaHeaders;
import io.backbeat.cloudserver.UploadedPart;
import java.util.List;
import java.util.Map;

/** The requests that have CloudServer write to a cloud: {@code multiplebackenddata}. Pure. */
final class BackendRoutes {
  private static final String UPLOAD_ID = "X-Scal-Upload-Id";
  private static final String TAGS = "X-Scal-Tags";

  private BackendRoutes() {}

  static Call putObject(
      String bucket,
      String key,
      Backend backend,
      ReplicaHeaders headers,
      String contentMd5,
      String canonicalId,
      Payload body) {
    return with(headers, Routes.backend("PUT", bucket, key, "putobject", backend))
        .header("Content-MD5", contentMd5)
        .header("X-Scal-Canonical-Id", canonicalId)
        .body(new Body.Streamed(body));
  }

  static Call initiateUpload(String bucket, String key, Backend backend, ReplicaHeaders headers) {
    return with(headers, Routes.backend("POST", bucket, key, "initiatempu", backend));
  }

  static Call putPart(
      String bucket, String key, Backend backend, String uploadId, int number, Payload body) {
    return Routes.backend("PUT", bucket, key, "putpart", backend)
        .header("X-Scal-Part-Number", Integer.toString(number))
        .header(UPLOAD_ID, uploadId)
        .body(new Body.Streamed(body))
        .repeat();
  }

  static Call completeUpload(
      String bucket,
      String key,
      Backend backend,
      String uploadId,
      List<UploadedPart> parts,
      ReplicaHeaders headers,
      boolean withSizes) {
    return with(headers, Routes.backend("POST", bucket, key, "completempu", backend))
        .header(UPLOAD_ID, uploadId)
        .json(JsonTexts.ofParts(parts, withSizes));
  }

  static Call abortUpload(String bucket, String key, Backend backend, String uploadId) {
    return Routes.backend("DELETE", bucket, key, "abortmpu", backend)
        .header(UPLOAD_ID, uploadId)
        .repeat();
  }

  static Call deleteObject(String bucket, String key, Backend backend) {
    return Routes.backend("DELETE", bucket, key, "deleteobject", backend).repeat();
  }

  static Call putTagging(
      ObjectVersion source, Backend backend, String dataStoreVersionId, Map<String, String> tags) {
    return tagging("POST", "puttagging", source, backend, dataStoreVersionId)
        .header(TAGS, JsonTexts.ofStrings(tags));
  }

  static Call deleteTagging(ObjectVersion source, Backend backend, String dataStoreVersionId) {
    return tagging("DELETE", "deleteobjecttagging", source, backend, dataStoreVersionId);
  }

  private static Call tagging(
      String method,
      String operation,
      ObjectVersion source,
      Backend backend,
      String dataStoreVersionId) {
    return Routes.backend(method, source.bucket(), source.key(), operation, backend)
        .headerIf("X-Scal-Data-Store-Version-Id", dataStoreVersionId)
        .header("X-Scal-Source-Bucket", source.bucket())
        .headerIf("X-Scal-Source-Version-Id", source.versionId())
        .header("X-Scal-Replication-Endpoint-Site", backend.location().value())
        .repeat();
  }

  private static Call with(ReplicaHeaders headers, Call call) {
    return call.headerIf("X-Scal-Version-Id", headers.versionId())
        .headerIf("X-Scal-User-Metadata", json(headers.userMetadata()))
        .headerIf("X-Scal-Content-Type", headers.contentType())
        .headerIf("X-Scal-Cache-Control", headers.cacheControl())
        .headerIf("X-Scal-Content-Disposition", headers.contentDisposition())
        .headerIf("X-Scal-Content-Encoding", headers.contentEncoding())
        .headerIf(TAGS, json(headers.tags()));
  }

  private static String json(Map<String, String> map) {
    return map.isEmpty() ? "" : JsonTexts.ofStrings(map);
  }
}
