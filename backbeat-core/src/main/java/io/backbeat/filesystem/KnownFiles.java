package io.backbeat.filesystem;

import io.backbeat.api.ObjectVersion;
import io.backbeat.log.MetadataJournal;
import io.backbeat.log.MetadataJournal.JournaledObject;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/** The objects a journal has of a bucket, in order, a page at a time. For one thread. */
final class KnownFiles {
  private static final int PAGE = 1_000;

  private final MetadataJournal journal;
  private final String bucket;
  private Iterator<JournaledObject> page;
  private String after = "";
  private boolean last;

  KnownFiles(MetadataJournal journal, String bucket) {
    this.journal = journal;
    this.bucket = bucket;
    this.page = List.<JournaledObject>of().iterator();
  }

  /**
   * The next object, or empty at the end. Versions other than the unversioned one are not files and
   * are left out.
   */
  Optional<JournaledObject> next() {
    while (true) {
      while (page.hasNext()) {
        JournaledObject object = page.next();
        after = object.object().key();
        if (object.object().versionId().equals(ObjectVersion.UNVERSIONED)) {
          return Optional.of(object);
        }
      }
      if (last) {
        return Optional.empty();
      }
      List<JournaledObject> read = journal.list(bucket, after, PAGE);
      last = read.isEmpty();
      page = read.iterator();
    }
  }
}
