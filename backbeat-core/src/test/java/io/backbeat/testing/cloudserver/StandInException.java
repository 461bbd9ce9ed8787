package io.backbeat.testing.cloudserver;

import java.util.Map;

/** A request is answered with an error. */
final class StandInException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private record Known(int status, String message) {}

  /** The statuses are those of "routes used, general", and of S3. */
  private static final Map<String, Known> TABLE =
      Map.ofEntries(
          Map.entry("ObjNotFound", new Known(404, "This object does not exist")),
          Map.entry("NoSuchEntity", new Known(404, "The entity does not exist")),
          Map.entry("NoSuchKey", new Known(404, "The specified key does not exist.")),
          Map.entry("NoSuchVersion", new Known(404, "The specified version does not exist.")),
          Map.entry("NoSuchBucket", new Known(404, "The specified bucket does not exist.")),
          Map.entry("NoSuchUpload", new Known(404, "The specified upload does not exist.")),
          Map.entry(
              "ReplicationConfigurationNotFoundError",
              new Known(404, "The replication configuration was not found")),
          Map.entry(
              "NoSuchLifecycleConfiguration",
              new Known(404, "The lifecycle configuration does not exist.")),
          Map.entry(
              "ServerSideEncryptionConfigurationNotFoundError",
              new Known(404, "The server side encryption configuration was not found")),
          Map.entry("InvalidObjectState", new Known(403, "The object's state does not allow it")),
          Map.entry("AccessDenied", new Known(403, "Access Denied")),
          Map.entry(
              "SignatureDoesNotMatch",
              new Known(403, "The request signature we calculated does not match")),
          Map.entry("InvalidAccessKeyId", new Known(403, "The access key id does not exist")),
          Map.entry("ExpiredToken", new Known(400, "The provided token has expired.")),
          Map.entry("InvalidToken", new Known(400, "The provided token is malformed or invalid")),
          Map.entry("RequestTimeTooSkewed", new Known(403, "The time of the request is too far")),
          Map.entry("BadDigest", new Known(400, "The Content-MD5 did not match what was received")),
          Map.entry("InvalidDigest", new Known(400, "The Content-MD5 is not valid")),
          Map.entry(
              "XAmzContentSHA256Mismatch",
              new Known(400, "The x-amz-content-sha256 did not match what was received")),
          Map.entry("BadRequest", new Known(400, "Bad Request")),
          Map.entry("InvalidRequest", new Known(400, "Invalid Request")),
          Map.entry("InvalidArgument", new Known(400, "Invalid Argument")),
          Map.entry("InvalidPart", new Known(400, "One or more of the parts could not be found.")),
          Map.entry("InvalidPartOrder", new Known(400, "The parts were not in ascending order.")),
          Map.entry("MalformedXML", new Known(400, "The XML is not well-formed")),
          Map.entry(
              "MalformedPOSTRequest",
              new Known(
                  400, "The body of your POST request is not well-formed multipart/form-data.")),
          Map.entry("InvalidBucketState", new Known(409, "Versioning must be enabled")),
          Map.entry("BucketAlreadyOwnedByYou", new Known(409, "You own this bucket already")),
          Map.entry("BucketNotEmpty", new Known(409, "The bucket is not empty.")),
          Map.entry("InvalidRange", new Known(416, "The requested range cannot be satisfied.")),
          Map.entry("PreconditionFailed", new Known(412, "A precondition does not hold")),
          Map.entry("LocationNotFound", new Known(424, "The object data location does not exist.")),
          Map.entry(
              "InvalidLocationConstraint", new Known(400, "The location constraint is not valid")),
          Map.entry("MethodNotAllowed", new Known(405, "The method is not allowed")),
          Map.entry("NotImplemented", new Known(501, "This is not implemented")),
          Map.entry("Throttling", new Known(400, "Rate exceeded")),
          Map.entry("SlowDown", new Known(503, "Please reduce your request rate.")),
          Map.entry("ServiceUnavailable", new Known(503, "Reduce your request rate.")),
          Map.entry("InternalError", new Known(500, "We encountered an internal error.")));

  private final String code;
  private final int status;

  private StandInException(String code, int status, String message) {
    super(message);
    this.code = code;
    this.status = status;
  }

  static StandInException of(String code) {
    Known known = TABLE.getOrDefault(code, new Known(500, code));
    return new StandInException(code, known.status(), known.message());
  }

  static StandInException of(String code, String message) {
    return new StandInException(
        code, TABLE.getOrDefault(code, new Known(500, code)).status(), message);
  }

  static StandInException of(String code, int status) {
    String message = TABLE.containsKey(code) ? TABLE.get(code).message() : code;
    return new StandInException(code, status, message);
  }

  String code() {
    return code;
  }

  int status() {
    return status;
  }
}
