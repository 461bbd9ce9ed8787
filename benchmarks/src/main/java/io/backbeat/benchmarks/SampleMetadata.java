package io.backbeat.benchmarks;

import io.backbeat.job.VersionId;

/** Metadata documents as CloudServer writes them, of about the size it writes. */
final class SampleMetadata {
  private SampleMetadata() {}

  static String encoded(String versionId) {
    return VersionId.encode(versionId);
  }

  /** A document of some 1,200 bytes for a version that is PENDING at one location. */
  static String document(String key, String versionId, String location) {
    return """
        {"owner-display-name":"Bart","owner-id":"79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be",\
        "cache-control":"","content-disposition":"","content-encoding":"","expires":"","content-length":1024,\
        "content-type":"application/octet-stream","content-md5":"5eb63bbbe01eeed093cb22bb8f5acdc3",\
        "x-amz-version-id":"null","x-amz-server-version-id":"","x-amz-storage-class":"STANDARD",\
        "x-amz-server-side-encryption":"","x-amz-server-side-encryption-aws-kms-key-id":"",\
        "x-amz-server-side-encryption-customer-algorithm":"","x-amz-website-redirect-location":"",\
        "acl":{"Canned":"private","FULL_CONTROL":[],"WRITE_ACP":[],"READ":[],"READ_ACP":[]},"key":"%s",\
        "location":[{"key":"0f2e0a4e9a9dd0f7d0f0c5cbbd8f1a2b3c4d5e6f","size":1024,"start":0,\
        "dataStoreName":"us-east-1","dataStoreType":"file","dataStoreETag":"1:5eb63bbbe01eeed093cb22bb8f5acdc3"}],\
        "isDeleteMarker":false,"tags":{},"replicationInfo":{"status":"PENDING","backends":[{"site":"%s",\
        "status":"PENDING","dataStoreVersionId":""}],"content":["METADATA"],\
        "destination":"arn:aws:s3:::bucket","storageClass":"%s","role":"arn:aws:iam::root:role/s3-replication-role",\
        "storageType":"","dataStoreVersionId":"","isNFS":null},"dataStoreName":"us-east-1","originOp":"s3:ObjectCreated:Put",\
        "last-modified":"2026-11-22T10:47:43.673Z","md-model-version":6,"versionId":"%s"}"""
        .formatted(key, location, location, versionId);
  }
}
