package io.backbeat.cloudserver.gc;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.backbeat.cloudserver.DataLocation;
import io.backbeat.job.MetadataMembers;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A version whose data was copied into an archive, as its metadata tells. Pure.
 *
 * @param metadata JSON text
 * @param tree the same, read
 */
record ArchivedVersion(String metadata, JsonNode tree) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String IN_PROGRESS = "x-amz-scal-transition-in-progress";

  static ArchivedVersion of(String metadata) {
    try {
      return new ArchivedVersion(metadata, JSON.readTree(metadata));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("metadata must be JSON: " + e.getOriginalMessage(), e);
    }
  }

  /**
   * Whether the data at the old location may go. Not if the version was written again since, which
   * shows by its data being elsewhere, or other data, or by nobody having archived it.
   */
  boolean isStill(GcMessage.ArchiveDeletion asked) {
    String location = tree.path("dataStoreName").asText("");
    boolean sameData =
        asked.eTag().isEmpty() || asked.eTag().equals(tree.path("content-md5").asText(""));
    boolean archived = tree.path(IN_PROGRESS).asBoolean(false) || tree.path("archive").isObject();
    return location.equals(asked.oldLocation()) && sameData && archived;
  }

  /** The data at the old location; empty if it is gone. */
  List<DataLocation> data() {
    return GcMessage.locations(tree.path("location"));
  }

  /** Whether the other metadata tells of the same data. */
  boolean hasDataOf(ArchivedVersion other) {
    return tree.path("location").equals(other.tree.path("location"));
  }

  /** The metadata once the data is in the archive alone. */
  String inArchive(String newLocation) {
    Map<String, String> members = new LinkedHashMap<>();
    members.put("location", "null");
    members.put("dataStoreName", MetadataMembers.text(newLocation));
    members.put("x-amz-storage-class", MetadataMembers.text(newLocation));
    members.put("originOp", MetadataMembers.text("s3:LifecycleTransition"));
    members.put(IN_PROGRESS, "false");
    return MetadataMembers.edit(
        metadata,
        members,
        Set.of("x-amz-scal-transition-time", "x-amz-meta-scal-s3-transition-attempt"));
  }
}
