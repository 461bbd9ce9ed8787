package io.backbeat.cloudserver.replicas;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.backbeat.api.LocationName;
import io.backbeat.cloudserver.Accounts.Account;
import io.backbeat.job.MetadataMembers;
import io.backbeat.job.ObjectMetadata;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Metadata of a version as its replica on another CloudServer has it: status REPLICA, the owner
 * there, and the data where it was written. All else keeps its form to the letter. Pure.
 */
final class ReplicaMetadata {
  /** Say how the data is encrypted where it is, so they change with its place. */
  private static final List<String> ENCRYPTION =
      List.of(
          "x-amz-server-side-encryption",
          "x-amz-server-side-encryption-aws-kms-key-id",
          "x-amz-server-side-encryption-customer-algorithm");

  private ReplicaMetadata() {}

  /**
   * That of a version whose data is not written, because the destination has it or there is none.
   *
   * @param metadata of the source, JSON text
   * @throws io.backbeat.job.MalformedMetadataException if that is no readable metadata
   */
  static String withoutData(String metadata, LocationName site, Account owner) {
    return MetadataMembers.edit(metadata, members(metadata, site, owner), Set.of());
  }

  /**
   * That of a version whose data was written.
   *
   * @param parts in their order; none for an empty object
   */
  static String withData(
      String metadata, LocationName site, Account owner, List<WrittenPart> parts) {
    Map<String, String> members = members(metadata, site, owner);
    if (parts.isEmpty()) {
      members.put("location", "null");
      return MetadataMembers.edit(metadata, members, Set.of());
    }
    members.put("location", location(parts));
    Map<String, String> encryption = parts.get(parts.size() - 1).receipt().encryption();
    for (String name : ENCRYPTION) {
      members.put(name, MetadataMembers.text(encryption.getOrDefault(name, "")));
    }
    return MetadataMembers.edit(metadata, members, Set.of());
  }

  private static Map<String, String> members(String metadata, LocationName site, Account owner) {
    Map<String, String> members = new LinkedHashMap<>();
    members.put("owner-id", MetadataMembers.text(owner.canonicalId()));
    members.put("owner-display-name", MetadataMembers.text(owner.displayName()));
    members.put(
        "replicationInfo",
        ObjectMetadata.parse(metadata).replicationInfo().toReplica(site).toJson());
    return members;
  }

  private static String location(List<WrittenPart> parts) {
    ArrayNode location = JsonNodeFactory.instance.arrayNode();
    parts.forEach(part -> location.add(part.location()));
    return location.toString();
  }
}
