package io.backbeat.testing.cloudserver;

import java.util.Map;

/** Tells from the outside of a request what it asks for. Pure. */
final class Routing {
  static final String INTERNAL = "/_/backbeat/";
  static final String CONTROL = "/_/standin";
  private static final String VAULT_PROXY = "/_/backbeat/vault";

  private Routing() {}

  /**
   * The route.
   *
   * @param path decoded
   * @param object whether the path names a key
   * @param copies whether there is a header {@code x-amz-copy-source}
   */
  static Route route(
      String method, String path, boolean object, Map<String, String> query, boolean copies) {
    if (path.startsWith(CONTROL)) {
      return Route.CONTROL;
    }
    if (isIdentity(method, path, query)) {
      return Route.VAULT_ASSUME_ROLE; // told apart by the Action, which may be in the body
    }
    if (path.startsWith("/_/")) {
      return path.startsWith(INTERNAL) ? internal(method, path, query) : Route.UNKNOWN;
    }
    if (path.equals("/")) {
      return method.equals("GET") ? Route.LIST_BUCKETS : Route.UNKNOWN;
    }
    return object ? ofObject(method, query, copies) : ofBucket(method, query);
  }

  private static boolean isIdentity(String method, String path, Map<String, String> query) {
    boolean place = path.equals("/") || path.startsWith(VAULT_PROXY);
    return place && (method.equals("POST") || query.containsKey("Action"));
  }

  private static Route internal(String method, String path, Map<String, String> query) {
    String type = path.substring(INTERNAL.length());
    type = type.contains("/") ? type.substring(0, type.indexOf('/')) : type;
    return switch (method + ' ' + type) {
      case "GET metadata" -> Route.GET_METADATA;
      case "PUT metadata" -> Route.PUT_METADATA;
      case "PUT data" -> Route.PUT_DATA;
      case "GET multiplebackendmetadata" -> Route.BACKEND_METADATA;
      case "POST batchdelete" -> Route.BATCH_DELETE;
      case "DELETE expiration" -> Route.EXPIRATION;
      case "GET lifecycle" -> Route.LIFECYCLE_LISTING;
      case "GET index", "POST index" -> Route.INDEX;
      default ->
          type.equals("multiplebackenddata")
              ? backend(method, query.getOrDefault("operation", ""))
              : Route.UNKNOWN;
    };
  }

  private static Route backend(String method, String operation) {
    return switch (method + ' ' + operation) {
      case "PUT putobject" -> Route.BACKEND_PUT_OBJECT;
      case "PUT putpart" -> Route.BACKEND_PUT_PART;
      case "POST initiatempu" -> Route.BACKEND_INITIATE_UPLOAD;
      case "POST completempu" -> Route.BACKEND_COMPLETE_UPLOAD;
      case "DELETE abortmpu" -> Route.BACKEND_ABORT_UPLOAD;
      case "DELETE deleteobject" -> Route.BACKEND_DELETE_OBJECT;
      case "POST puttagging" -> Route.BACKEND_PUT_TAGGING;
      case "DELETE deleteobjecttagging" -> Route.BACKEND_DELETE_TAGGING;
      default -> Route.UNKNOWN;
    };
  }

  private static Route ofBucket(String method, Map<String, String> query) {
    if (query.containsKey("delete")) {
      return Route.DELETE_OBJECTS;
    }
    if (query.containsKey("uploads")) {
      return Route.LIST_UPLOADS;
    }
    if (query.containsKey("replication") && method.equals("GET")) {
      return Route.GET_BUCKET_REPLICATION;
    }
    if (BucketRoutes.CONFIGURATIONS.stream().anyMatch(query::containsKey)) {
      return Route.BUCKET_CONFIGURATION;
    }
    return switch (method) {
      case "PUT" -> Route.CREATE_BUCKET;
      case "HEAD" -> Route.HEAD_BUCKET;
      case "DELETE" -> Route.DELETE_BUCKET;
      case "GET" -> Route.LIST_OBJECTS;
      default -> Route.UNKNOWN;
    };
  }

  private static Route ofObject(String method, Map<String, String> query, boolean copies) {
    if (query.containsKey("tagging")) {
      return Route.OBJECT_TAGGING;
    }
    if (query.containsKey("acl")
        || query.containsKey("retention")
        || query.containsKey("legal-hold")) {
      return Route.OBJECT_PROPERTIES;
    }
    if (query.containsKey("uploads")) {
      return Route.INITIATE_UPLOAD;
    }
    boolean upload = query.containsKey("uploadId");
    return switch (method) {
      case "PUT" -> upload ? Route.UPLOAD_PART : copies ? Route.COPY_OBJECT : Route.PUT_OBJECT;
      case "GET" -> upload ? Route.LIST_PARTS : Route.GET_OBJECT;
      case "HEAD" -> Route.HEAD_OBJECT;
      case "POST" -> upload ? Route.COMPLETE_UPLOAD : Route.UNKNOWN;
      case "DELETE" -> upload ? Route.ABORT_UPLOAD : Route.DELETE_OBJECT;
      default -> Route.UNKNOWN;
    };
  }
}
