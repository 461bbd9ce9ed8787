package io.backbeat.server.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.backbeat.api.TopicHealth;

/** A topic and its partitions, in the shape of the original. */
final class TopicBody {
  private TopicBody() {}

  static ObjectNode of(TopicHealth topic) {
    ObjectNode body = JsonNodeFactory.instance.objectNode().put("name", topic.name());
    ArrayNode partitions = body.putArray("partitions");
    for (TopicHealth.Partition partition : topic.partitions()) {
      ObjectNode one = partitions.addObject();
      one.put("id", partition.id()).put("leader", partition.leader());
      partition.replicas().forEach(one.putArray("replicas")::add);
      partition.inSyncReplicas().forEach(one.putArray("isrs")::add);
    }
    return body;
  }
}
