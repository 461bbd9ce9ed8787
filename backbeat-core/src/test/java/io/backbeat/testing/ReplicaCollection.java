package io.backbeat.testing;

import de.bwaldvogel.mongo.MongoDatabase;
import de.bwaldvogel.mongo.backend.ArrayFilters;
import de.bwaldvogel.mongo.backend.CollectionOptions;
import de.bwaldvogel.mongo.backend.CursorRegistry;
import de.bwaldvogel.mongo.backend.QueryParameters;
import de.bwaldvogel.mongo.backend.QueryResult;
import de.bwaldvogel.mongo.backend.memory.MemoryCollection;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.oplog.Oplog;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A collection that logs its changes. */
final class ReplicaCollection extends MemoryCollection {
  private final ChangeLog log;

  /** The update that is being made; guarded by the lock of the collection. */
  private Document update = new Document();

  /** Whether a document is being looked for that is then updated. */
  private boolean modifying;

  /** Whether an aborted transaction is being undone. */
  private boolean undoing;

  ReplicaCollection(
      MongoDatabase database,
      String name,
      CollectionOptions options,
      CursorRegistry cursors,
      ChangeLog log) {
    super(database, name, options, cursors);
    this.log = log;
  }

  Optional<Document> find(Object id) {
    return handleQueryAsStream(new Document("_id", id)).findFirst().map(Document::cloneDeeply);
  }

  @Override
  public synchronized Document updateDocuments(
      Document selector,
      Document updateQuery,
      ArrayFilters arrayFilters,
      boolean multi,
      boolean upsert,
      Oplog oplog) {
    update = updateQuery;
    return super.updateDocuments(selector, updateQuery, arrayFilters, multi, upsert, oplog);
  }

  @Override
  public synchronized Document findAndModify(Document query) {
    update = query.get("update") instanceof Document wanted ? wanted : new Document();
    modifying = true;
    try {
      return super.findAndModify(query).cloneDeeply();
    } finally {
      modifying = false;
    }
  }

  /** Documents are updated in place: an answer must not change while it is being sent. */
  @Override
  public synchronized QueryResult handleQuery(QueryParameters parameters) {
    QueryResult found = super.handleQuery(parameters);
    if (modifying) {
      return found;
    }
    List<Document> copies = new ArrayList<>();
    found.forEach(document -> copies.add(document.cloneDeeply()));
    return new QueryResult(copies, found.getCursorId());
  }

  @Override
  public synchronized void addDocument(Document document) {
    super.addDocument(document);
    if (isLogged()) {
      log.add(ChangeEvent.insert(this, document.cloneDeeply()));
    }
  }

  @Override
  protected void handleUpdate(Integer position, Document before, Document after) {
    super.handleUpdate(position, before, after);
    if (isLogged()) {
      UpdatedFields fields = UpdatedFields.of(update, before, after);
      if (!fields.isEmpty()) {
        log.add(ChangeEvent.update(this, before.cloneDeeply(), after.cloneDeeply(), fields));
      }
    }
  }

  @Override
  public synchronized void removeDocument(Document document) {
    super.removeDocument(document);
    if (isLogged()) {
      log.add(ChangeEvent.delete(this, document.cloneDeeply()));
    }
  }

  private boolean isLogged() {
    return !undoing && !getCollectionName().startsWith("system.");
  }

  synchronized void undo(ChangeEvent event) {
    undoing = true;
    try {
      if (event.after() != null) {
        handleQueryAsStream(new Document("_id", event.id()))
            .findFirst()
            .ifPresent(super::removeDocument);
      }
      if (event.before() != null) {
        super.addDocument(event.before());
      }
    } finally {
      undoing = false;
    }
  }
}
