package io.backbeat.filesystem;

import io.backbeat.api.LocationName;
import io.backbeat.api.ObjectVersion;
import io.backbeat.filesystem.ScanProblem.Reason;
import io.backbeat.log.MetadataChange;
import io.backbeat.log.MetadataJournal;
import io.backbeat.log.MetadataJournal.JournaledObject;
import java.nio.file.Files;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;

/**
 * One pass: goes along the files and the journal's objects at once, both in order, and records
 * where they differ. For one thread.
 */
final class DirectoryScan {
  private static final int BATCH = 500;

  private final WatchedDirectory watched;
  private final MetadataJournal journal;
  private final FileDocument documents;
  private final BooleanSupplier stopped;
  private final ScanTally tally = new ScanTally();
  private final Set<String> unseen = new HashSet<>();
  private final List<MetadataChange> batch = new ArrayList<>(BATCH);
  private final TreeWalk tree;
  private final KnownFiles known;

  DirectoryScan(
      WatchedDirectory watched, MetadataJournal journal, Clock clock, BooleanSupplier stopped) {
    this.watched = watched;
    this.journal = journal;
    this.stopped = stopped;
    this.documents = new FileDocument(watched);
    this.tree = new TreeWalk(watched, clock, tally::problem);
    this.known = new KnownFiles(journal, watched.bucket());
  }

  ScanSummary run() {
    Optional<TreeItem> item = tree.next();
    Optional<JournaledObject> object = known.next();
    if (tree.isEmpty() && object.isPresent()) {
      tally.problem(
          new ScanProblem(
              "",
              Reason.NOTHING_THERE,
              watched.root() + " has no files, but had some; is its volume mounted?"));
      return tally.summary();
    }
    while ((item.isPresent() || object.isPresent()) && !stopped.getAsBoolean()) {
      int order = order(item, object);
      if (order < 0) {
        take(item.orElseThrow(), Optional.empty());
      } else if (order == 0) {
        take(item.orElseThrow(), object);
      } else {
        missing(object.orElseThrow());
      }
      item = order <= 0 ? tree.next() : item;
      object = order >= 0 ? known.next() : object;
    }
    flush();
    return tally.summary();
  }

  private static int order(Optional<TreeItem> item, Optional<JournaledObject> object) {
    if (item.isEmpty()) {
      return 1;
    }
    return object.isEmpty() ? -1 : Utf8Order.compare(item.get().key(), object.get().object().key());
  }

  private void take(TreeItem item, Optional<JournaledObject> object) {
    if (item instanceof TreeItem.File file) {
      take(file, object);
    } else {
      unseen.add(item.key());
    }
  }

  private void take(TreeItem.File file, Optional<JournaledObject> object) {
    tally.seen(file.state().size());
    boolean sameContent =
        object.isPresent()
            && documents.describes(object.get().metadata(), file.state().fingerprint());
    if (sameContent && documents.hasAllDestinations(object.get().metadata())) {
      return;
    }
    if (!file.settled()) {
      tally.unsettled();
      return;
    }
    if (!Files.isReadable(watched.root().resolve(file.key()))) {
      tally.problem(new ScanProblem(file.key(), Reason.ACCESS_DENIED, "may not be read"));
      return;
    }
    if (object.isPresent()) {
      tally.changed(file.state().size());
    } else {
      tally.added(file.state().size());
    }
    ObjectVersion version = ObjectVersion.unversioned(watched.bucket(), file.key());
    // Only a destination is new: what the others have already, they keep.
    Map<LocationName, String> done =
        sameContent
            ? journal.find(version).map(FileDocument::completed).orElse(Map.of())
            : Map.of();
    record(new MetadataChange.Put(version, documents.write(file.key(), file.state(), done)));
  }

  private void missing(JournaledObject object) {
    if (!isUnseen(object.object().key())) {
      tally.removed();
      record(new MetadataChange.Delete(object.object()));
    }
  }

  /** Whether the key is below a directory of which something could not be seen. */
  private boolean isUnseen(String key) {
    if (unseen.isEmpty()) {
      return false;
    }
    for (int slash = key.lastIndexOf('/'); slash >= 0; slash = key.lastIndexOf('/', slash - 1)) {
      if (unseen.contains(key.substring(0, slash + 1))) {
        return true;
      }
    }
    return unseen.contains("");
  }

  private void record(MetadataChange change) {
    batch.add(change);
    if (batch.size() == BATCH) {
      flush();
    }
  }

  private void flush() {
    if (!batch.isEmpty()) {
      journal.append(batch);
      batch.clear();
    }
  }
}
