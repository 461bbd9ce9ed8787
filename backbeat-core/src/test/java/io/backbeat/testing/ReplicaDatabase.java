package io.backbeat.testing;

import de.bwaldvogel.mongo.backend.CollectionOptions;
import de.bwaldvogel.mongo.backend.CursorRegistry;
import de.bwaldvogel.mongo.backend.memory.MemoryCollection;
import de.bwaldvogel.mongo.backend.memory.MemoryDatabase;

/** A database whose collections log their changes. */
final class ReplicaDatabase extends MemoryDatabase {
  private final CursorRegistry cursors;
  private final ChangeLog log;

  ReplicaDatabase(String name, CursorRegistry cursors, ChangeLog log) {
    super(name, cursors);
    this.cursors = cursors;
    this.log = log;
  }

  @Override
  protected MemoryCollection openOrCreateCollection(String name, CollectionOptions options) {
    // The collection of indexes is asked for before the constructor is through.
    return log == null
        ? new MemoryCollection(this, name, options, cursorRegistry)
        : new ReplicaCollection(this, name, options, cursors, log);
  }
}
