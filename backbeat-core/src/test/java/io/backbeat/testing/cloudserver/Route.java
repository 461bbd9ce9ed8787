package io.backbeat.testing.cloudserver;

/** What a request asks for, by which faults and counters tell requests apart. */
public enum Route {
  /** {@code GET /}. */
  LIST_BUCKETS,
  /** {@code PUT /B}. */
  CREATE_BUCKET,
  /** {@code HEAD /B}. */
  HEAD_BUCKET,
  /** {@code DELETE /B}. */
  DELETE_BUCKET,
  /** {@code GET /B?replication}. */
  GET_BUCKET_REPLICATION,
  /** Any other {@code ?sub-resource} of a bucket. */
  BUCKET_CONFIGURATION,
  /** {@code GET /B}, in all versions, and {@code ?versions}. */
  LIST_OBJECTS,
  /** {@code GET /B?uploads}. */
  LIST_UPLOADS,
  /** {@code POST /B?delete}. */
  DELETE_OBJECTS,
  /** {@code PUT /B/K}. */
  PUT_OBJECT,
  /** {@code PUT /B/K} with {@code x-amz-copy-source}. */
  COPY_OBJECT,
  /** {@code GET /B/K}. */
  GET_OBJECT,
  /** {@code HEAD /B/K}. */
  HEAD_OBJECT,
  /** {@code DELETE /B/K}. */
  DELETE_OBJECT,
  /** {@code PUT /B/K?tagging}, {@code GET}, {@code DELETE}. */
  OBJECT_TAGGING,
  /** {@code PUT /B/K?acl}, {@code ?retention}, {@code ?legal-hold}. */
  OBJECT_PROPERTIES,
  /** {@code POST /B/K?uploads}. */
  INITIATE_UPLOAD,
  /** {@code PUT /B/K?uploadId&partNumber}. */
  UPLOAD_PART,
  /** {@code GET /B/K?uploadId}. */
  LIST_PARTS,
  /** {@code POST /B/K?uploadId}. */
  COMPLETE_UPLOAD,
  /** {@code DELETE /B/K?uploadId}. */
  ABORT_UPLOAD,
  /** {@code GET /_/backbeat/metadata/B/K}. */
  GET_METADATA,
  /** {@code PUT /_/backbeat/metadata/B/K}. */
  PUT_METADATA,
  /** {@code PUT /_/backbeat/data/B/K}. */
  PUT_DATA,
  /** {@code operation=putobject}. */
  BACKEND_PUT_OBJECT,
  /** {@code operation=putpart}. */
  BACKEND_PUT_PART,
  /** {@code operation=initiatempu}. */
  BACKEND_INITIATE_UPLOAD,
  /** {@code operation=completempu}. */
  BACKEND_COMPLETE_UPLOAD,
  /** {@code operation=abortmpu}. */
  BACKEND_ABORT_UPLOAD,
  /** {@code operation=deleteobject}. */
  BACKEND_DELETE_OBJECT,
  /** {@code operation=puttagging}. */
  BACKEND_PUT_TAGGING,
  /** {@code operation=deleteobjecttagging}. */
  BACKEND_DELETE_TAGGING,
  /** {@code GET /_/backbeat/multiplebackendmetadata/B/K}. */
  BACKEND_METADATA,
  /** {@code POST /_/backbeat/batchdelete/B/K}. */
  BATCH_DELETE,
  /** {@code DELETE /_/backbeat/expiration/B/K}. */
  EXPIRATION,
  /** {@code GET /_/backbeat/lifecycle/B}. */
  LIFECYCLE_LISTING,
  /** {@code /_/backbeat/index/B}. */
  INDEX,
  /** Vault: {@code AssumeRoleBackbeat}. */
  VAULT_ASSUME_ROLE,
  /** Vault: the attributes of accounts. */
  VAULT_ACCOUNTS,
  /** STS: {@code AssumeRole}. */
  STS_ASSUME_ROLE,
  /** {@code /_/standin/...}: no part of CloudServer; switches this double. */
  CONTROL,
  /** Nothing that CloudServer knows. */
  UNKNOWN;

  /** Whether it is one of the internal routes, which answer errors as JSON. */
  boolean isInternal() {
    return compareTo(GET_METADATA) >= 0 && compareTo(INDEX) <= 0;
  }
}
