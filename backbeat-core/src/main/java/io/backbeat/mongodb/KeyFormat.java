package io.backbeat.mongodb;

import io.backbeat.api.ObjectVersion;
import io.backbeat.job.VersionId;

/**
 * How a bucket forms the ids of its documents. {@code v0}: {@code K} for the master, which is the
 * latest version, and {@code K\0V} for a version. {@code v1}: the same behind {@code \x7fM} and
 * {@code \x7fV}. Pure.
 */
enum KeyFormat {
  /** Without prefixes; what a bucket has that CloudServer does not know. */
  V0("", ""),
  /** With a prefix each for masters and versions. */
  V1("\u007fM", "\u007fV");

  private static final char SEPARATOR = '\0';

  private final String masterPrefix;
  private final String versionPrefix;

  KeyFormat(String masterPrefix, String versionPrefix) {
    this.masterPrefix = masterPrefix;
    this.versionPrefix = versionPrefix;
  }

  /** The format that {@code __metastore} names. */
  static KeyFormat of(String vFormat) {
    return vFormat.equals("v1") ? V1 : V0;
  }

  String masterId(String key) {
    return masterPrefix + key;
  }

  /**
   * The id of a version.
   *
   * @param versionId decoded
   */
  String versionId(String key, String versionId) {
    return versionPrefix + key + SEPARATOR + versionId;
  }

  /** The id of the document that holds an object version, if it is not a null version. */
  String idOf(ObjectVersion object) {
    return object.versionId().isEmpty()
        ? masterId(object.key())
        : versionId(object.key(), VersionId.decode(object.versionId()));
  }

  /** The first id that the versions of a key can have, inclusive. */
  String firstVersion(String key) {
    return versionPrefix + key + SEPARATOR;
  }

  /** What the first version of a key that begins with a prefix does not come before. */
  String firstVersionOf(String prefix) {
    return versionPrefix + prefix;
  }

  /** What all versions of a key come before. */
  String behindVersions(String key) {
    return versionPrefix + key + '\u0001';
  }

  /** What all masters and, in v0, versions up to and with those of a key come before. */
  String behindMaster(String key) {
    return masterPrefix + key + '\u0001';
  }

  /** What all masters come before; empty if nothing else follows them. */
  String behindMasters() {
    return this == V1 ? "\u007fN" : "";
  }

  /** What all versions come before; empty if nothing else follows them. */
  String behindAllVersions() {
    return this == V1 ? "\u007fW" : "";
  }

  /** Whether masters and versions stand in two ranges of ids. */
  boolean keepsMastersApart() {
    return this == V1;
  }

  /** The key of a log entry: the id without its prefix. */
  String logKey(String id) {
    boolean prefixed = this == V1 && (id.startsWith(masterPrefix) || id.startsWith(versionPrefix));
    return prefixed ? id.substring(masterPrefix.length()) : id;
  }

  static boolean isMaster(String logKey) {
    return logKey.indexOf(SEPARATOR) < 0;
  }

  /** The object key of a log key. */
  static String objectKey(String logKey) {
    int separator = logKey.indexOf(SEPARATOR);
    return separator < 0 ? logKey : logKey.substring(0, separator);
  }

  /** The decoded version id of a log key; empty for a master. */
  static String decodedVersion(String logKey) {
    int separator = logKey.indexOf(SEPARATOR);
    return separator < 0 ? "" : logKey.substring(separator + 1);
  }
}
