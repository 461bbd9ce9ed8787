package io.backbeat.cloudserver.backends;

import io.backbeat.job.ObjectMetadata;

/**
 * What names the write that a copy is of. A revision does, but for NFS, which writes without
 * CloudServer knowing, so that the revision may stay: there the md5 of the content belongs to the
 * name. Pure.
 */
final class WriteName {
  private static final char BEFORE_MD5 = '#';

  private WriteName() {}

  /** The name of the write that metadata of that revision is of. */
  static String of(String revision, ObjectMetadata metadata) {
    return metadata.isNfs() ? revision + BEFORE_MD5 + metadata.contentMd5() : revision;
  }

  /** Whether a name is that of a write of the revision; of NFS it may be another one than now. */
  static boolean isOf(String name, String revision) {
    return name.equals(revision) || name.startsWith(revision + BEFORE_MD5);
  }
}
