package io.backbeat.mongodb;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.lt;
import static com.mongodb.client.model.Updates.combine;
import static com.mongodb.client.model.Updates.set;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Indexes;
import com.mongodb.client.model.ReplaceOptions;
import com.mongodb.client.model.Sorts;
import io.backbeat.api.LocationName;
import io.backbeat.api.ObjectVersion;
import io.backbeat.job.JobKey;
import io.backbeat.job.JobType;
import io.backbeat.replication.OpenUpload;
import io.backbeat.replication.UploadStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonInt64;
import org.bson.BsonString;

/**
 * Open uploads, one document each in the collection {@code uploads} with its parts under {@code
 * parts.<number>}; indexes on {@code job} and {@code touchedAt}.
 */
final class MongoUploads implements UploadStore {
  private static final String UPLOADS = "uploads";
  private static final String JOB = "job";
  private static final String TYPE = "type";
  private static final String LOCATION = "location";
  private static final String BUCKET = "bucket";
  private static final String KEY = "key";
  private static final String VERSION = "version";
  private static final String REVISION = "revision";
  private static final String UPLOAD = "upload";
  private static final String ROLE = "role";
  private static final String BEGUN_AT = "begunAt";
  private static final String TOUCHED_AT = "touchedAt";
  private static final String PARTS = "parts";
  private static final String ETAG = "etag";
  private static final String SUB_PARTS = "subParts";
  private static final String SIZE = "size";

  private final OwnCollection collection;

  MongoUploads(MongoConnection mongo) {
    this.collection = new OwnCollection(mongo, UPLOADS, MongoUploads::makeIndexes);
  }

  private static void makeIndexes(MongoCollection<BsonDocument> collection) {
    collection.createIndex(Indexes.ascending(JOB));
    collection.createIndex(Indexes.ascending(TOUCHED_AT));
  }

  private static String id(JobKey job, String uploadId) {
    return LedgerDocument.id(job) + '\0' + uploadId;
  }

  @Override
  public void begin(OpenUpload upload) {
    String id = id(upload.job(), upload.uploadId());
    BsonDocument parts = new BsonDocument();
    upload.parts().forEach(part -> parts.append(String.valueOf(part.number()), document(part)));
    JobKey job = upload.job();
    BsonDocument document =
        new BsonDocument(LedgerDocument.ID, new BsonString(id))
            .append(JOB, new BsonString(LedgerDocument.id(job)))
            .append(TYPE, new BsonString(job.type().name()))
            .append(LOCATION, new BsonString(job.location().value()))
            .append(BUCKET, new BsonString(job.object().bucket()))
            .append(KEY, new BsonString(job.object().key()))
            .append(VERSION, new BsonString(job.object().versionId()))
            .append(REVISION, new BsonString(upload.revision()))
            .append(UPLOAD, new BsonString(upload.uploadId()))
            .append(ROLE, new BsonString(upload.role()))
            .append(BEGUN_AT, LedgerDocument.time(upload.begunAt()))
            .append(TOUCHED_AT, LedgerDocument.time(upload.touchedAt()))
            .append(PARTS, parts);
    collection.call(
        uploads -> uploads.replaceOne(eq(id), document, new ReplaceOptions().upsert(true)));
  }

  @Override
  public void addPart(JobKey job, String uploadId, OpenUpload.Part part, Instant at) {
    collection.call(
        uploads ->
            uploads.updateOne(
                eq(id(job, uploadId)),
                combine(
                    set(TOUCHED_AT, LedgerDocument.time(at)),
                    set(PARTS + '.' + part.number(), document(part)))));
  }

  @Override
  public List<OpenUpload> find(JobKey job) {
    return collection.call(
        uploads ->
            uploads
                .find(eq(JOB, LedgerDocument.id(job)))
                .sort(Sorts.descending(BEGUN_AT))
                .map(MongoUploads::upload)
                .into(new ArrayList<>()));
  }

  @Override
  public List<OpenUpload> untouched(Instant before, int limit) {
    return collection.call(
        uploads ->
            uploads
                .find(lt(TOUCHED_AT, LedgerDocument.time(before)))
                .sort(Sorts.ascending(TOUCHED_AT))
                .limit(limit)
                .map(MongoUploads::upload)
                .into(new ArrayList<>()));
  }

  @Override
  public void touch(JobKey job, String uploadId, Instant at) {
    collection.call(
        uploads ->
            uploads.updateOne(eq(id(job, uploadId)), set(TOUCHED_AT, LedgerDocument.time(at))));
  }

  @Override
  public void remove(JobKey job, String uploadId) {
    collection.call(uploads -> uploads.deleteOne(eq(id(job, uploadId))));
  }

  @Override
  public boolean removeUntouched(JobKey job, String uploadId, Instant touchedAt) {
    return collection.call(
        uploads ->
            uploads
                    .deleteOne(
                        and(eq(id(job, uploadId)), eq(TOUCHED_AT, LedgerDocument.time(touchedAt))))
                    .getDeletedCount()
                > 0);
  }

  @Override
  public long count() {
    return collection.call(MongoCollection::countDocuments);
  }

  private static BsonDocument document(OpenUpload.Part part) {
    return new BsonDocument(ETAG, new BsonString(LedgerDocument.unicode(part.etag())))
        .append(SUB_PARTS, new BsonInt32(part.subParts()))
        .append(SIZE, new BsonInt64(part.size()));
  }

  private static OpenUpload upload(BsonDocument document) {
    ObjectVersion object =
        new ObjectVersion(
            LedgerDocument.text(document, BUCKET),
            LedgerDocument.text(document, KEY),
            LedgerDocument.text(document, VERSION));
    List<OpenUpload.Part> parts = new ArrayList<>();
    document
        .getDocument(PARTS)
        .forEach((number, part) -> parts.add(part(Integer.parseInt(number), part.asDocument())));
    parts.sort(Comparator.comparingInt(OpenUpload.Part::number));
    return new OpenUpload(
        new JobKey(
            new JobType(LedgerDocument.text(document, TYPE)),
            object,
            LocationName.of(LedgerDocument.text(document, LOCATION))),
        LedgerDocument.text(document, REVISION),
        LedgerDocument.text(document, UPLOAD),
        LedgerDocument.text(document, ROLE),
        LedgerDocument.instant(document, BEGUN_AT),
        LedgerDocument.instant(document, TOUCHED_AT),
        parts);
  }

  private static OpenUpload.Part part(int number, BsonDocument part) {
    return new OpenUpload.Part(
        number,
        LedgerDocument.text(part, ETAG),
        part.getNumber(SUB_PARTS).intValue(),
        part.getNumber(SIZE).longValue());
  }
}
