package io.backbeat.server.cloudserver;

import io.backbeat.api.ObjectVersion;
import io.backbeat.cloudserver.CloudServer;
import io.backbeat.cloudserver.CloudServerException;
import io.backbeat.cloudserver.CloudServers;
import io.backbeat.cloudserver.MetadataClients;
import io.backbeat.job.ObjectMetadata;
import io.backbeat.log.MetadataSource;
import java.util.Optional;

/**
 * Reads and writes metadata in the role that replicates the object.
 *
 * @param servers the server in the name of a role
 * @param known where the role of a version is looked up
 */
record RoleClients(CloudServers servers, MetadataSource known) implements MetadataClients {
  @Override
  public CloudServer of(ObjectVersion object) throws CloudServerException {
    return servers.as(role(object, known.find(object)));
  }

  /** The source role of a version; a version that is gone has none, which must not look refused. */
  private static String role(ObjectVersion object, Optional<String> metadata)
      throws CloudServerException {
    if (metadata.isEmpty()) {
      throw new CloudServerException(
          CloudServerException.Kind.NOT_FOUND,
          "ObjNotFound",
          0,
          "there is no " + object + ", so nobody knows its role",
          null,
          null);
    }
    try {
      return ObjectMetadata.parse(metadata.get()).replicationInfo().role().split(",", -1)[0];
    } catch (IllegalArgumentException e) { // whoever reads the metadata itself will say so
      return "";
    }
  }
}
