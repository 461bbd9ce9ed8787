package io.backbeat.cloudserver.http;

/** How requests are signed. CloudServer accepts both. */
public enum SignatureVersion {
  /**
   * HMAC-SHA256 over the request and all its headers; bodies of objects are not part of it ({@code
   * UNSIGNED-PAYLOAD}), as they would have to be read twice.
   */
  V4,
  /**
   * HMAC-SHA1 over the request and its {@code x-amz-} headers, which is what the original sends.
   * For servers or proxies that accept nothing else.
   */
  V2;

  Signer signer(String region) {
    return switch (this) {
      case V4 -> new SignatureV4(region);
      case V2 -> new SignatureV2();
    };
  }
}
