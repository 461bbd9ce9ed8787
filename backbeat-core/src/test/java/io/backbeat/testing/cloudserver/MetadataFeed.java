package io.backbeat.testing.cloudserver;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.backbeat.api.ObjectVersion;
import io.backbeat.job.VersionId;
import io.backbeat.log.MetadataChange;
import io.backbeat.log.MetadataJournal;
import java.util.List;

/** Tells a journal what clients write, as the change stream of MongoDB would tell a populator. */
interface MetadataFeed {
  /** Nobody listens. */
  MetadataFeed NONE =
      new MetadataFeed() {
        @Override
        public String written(String bucket, ObjectNode value) {
          return value.toString();
        }

        @Override
        public void removed(String bucket, ObjectNode value) {
          // Nobody to be told.
        }
      };

  /** A version was written; gives it as it is to be stored. */
  String written(String bucket, ObjectNode value);

  /** A version was removed. */
  void removed(String bucket, ObjectNode value);

  /**
   * Into a journal. What is stored has the revision that the journal gave to the write, so that
   * jobs made from the journal and the metadata of the routes speak of the same write.
   */
  static MetadataFeed into(MetadataJournal journal) {
    return new MetadataFeed() {
      @Override
      public String written(String bucket, ObjectNode value) {
        ObjectVersion object = version(bucket, value);
        journal.append(List.of(new MetadataChange.Put(object, value.toString())));
        return journal.find(object).orElseGet(value::toString);
      }

      @Override
      public void removed(String bucket, ObjectNode value) {
        journal.append(List.of(new MetadataChange.Delete(version(bucket, value))));
      }
    };
  }

  private static ObjectVersion version(String bucket, ObjectNode value) {
    String key = value.path("key").asText();
    String versionId = value.path("versionId").asText();
    if (value.path("isNull").asBoolean()) {
      return new ObjectVersion(bucket, key, VersionIds.NULL);
    }
    return new ObjectVersion(bucket, key, versionId.isEmpty() ? "" : VersionId.encode(versionId));
  }
}
