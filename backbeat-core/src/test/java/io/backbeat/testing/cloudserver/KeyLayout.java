package io.backbeat.testing.cloudserver;

/**
 * How the ids of documents are formed ("MongoDB layout"). v0: master {@code K}, version {@code
 * K\0V}. v1: the same behind {@code \x7fM} and {@code \x7fV}.
 */
enum KeyLayout {
  /** Without prefixes; a delete marker that is the latest version has a master. */
  V0("v0", "", ""),
  /** With prefixes; it has none. */
  V1("v1", "\u007fM", "\u007fV");

  private final String vFormat;
  private final String masterPrefix;
  private final String versionPrefix;

  KeyLayout(String vFormat, String masterPrefix, String versionPrefix) {
    this.vFormat = vFormat;
    this.masterPrefix = masterPrefix;
    this.versionPrefix = versionPrefix;
  }

  static KeyLayout of(String vFormat) {
    return vFormat.equals("v1") ? V1 : V0;
  }

  String vFormat() {
    return vFormat;
  }

  String master(String key) {
    return masterPrefix + key;
  }

  String version(String key, String versionId) {
    return versionPrefix + key + '\0' + versionId;
  }

  /** The first id that versions of a key can have. */
  String versionsFrom(String key) {
    return versionPrefix + key + '\0';
  }

  /** What all versions of a key come before. */
  String versionsTo(String key) {
    return versionPrefix + key + '\u0001';
  }

  /** Where masters of keys with a prefix begin. */
  String mastersFrom(String prefix) {
    return masterPrefix + prefix;
  }

  /** Where they end. */
  String mastersTo(String prefix) {
    return masterPrefix + prefix + '\uFFFF';
  }

  String allVersionsFrom(String prefix) {
    return versionPrefix + prefix;
  }

  String allVersionsTo(String prefix) {
    return versionPrefix + prefix + '\uFFFF';
  }

  static boolean isVersion(String id) {
    return id.indexOf('\0') >= 0;
  }

  /** The object key that an id belongs to. */
  String key(String id) {
    int end = id.indexOf('\0');
    return end < 0
        ? id.substring(masterPrefix.length())
        : id.substring(versionPrefix.length(), end);
  }
}
