package io.backbeat.testing.cloudserver;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.w3c.dom.Element;

/**
 * The replication configuration of a bucket, as clients send it and as attributes have it. Pure.
 */
final class ReplicationConfiguration {
  private static final int MAX_RULES = 1000;
  private static final String PREFERRED = ":preferred_read";

  private ReplicationConfiguration() {}

  /** Reads and checks what "bucket replication configuration" asks for. */
  static ObjectNode read(Element xml, BucketAttributes bucket, DataStores stores) {
    if (!bucket.isVersioned() && !bucket.isNfs()) {
      throw StandInException.of("InvalidRequest", "versioning must be enabled on the bucket");
    }
    List<Element> elements = XmlText.children(xml, "Rule");
    if (elements.isEmpty() || elements.size() > MAX_RULES) {
      throw StandInException.of("MalformedXML");
    }
    String destination = "";
    String preferred = "";
    boolean allClouds = true;
    List<String> prefixes = new ArrayList<>();
    ArrayNode rules = JsonText.array();
    for (Element element : elements) {
      Element to = XmlText.children(element, "Destination").get(0);
      destination = XmlText.text(to, "Bucket");
      String prefix = prefix(element);
      requireNoOverlap(prefixes, prefix);
      String id = XmlText.text(element, "ID");
      ObjectNode rule = rules.addObject();
      rule.put("id", id.isEmpty() ? UUID.randomUUID().toString() : id);
      rule.put("prefix", prefix);
      rule.put("enabled", XmlText.text(element, "Status").equals("Enabled"));
      String storageClass = XmlText.text(to, "StorageClass");
      if (!storageClass.isEmpty()) {
        rule.put("storageClass", storageClass);
      }
      for (String site : storageClass.split(",")) {
        String name = site.replace(PREFERRED, "");
        preferred = site.endsWith(PREFERRED) ? name : preferred;
        allClouds &= stores.findCloud(name).isPresent();
      }
    }
    String role = XmlText.text(xml, "Role");
    int roles = role.split(",").length;
    if (roles > 2 || (!allClouds && roles != 2)) {
      throw StandInException.of("InvalidArgument", "two roles for CloudServer, one for clouds");
    }
    ObjectNode configuration = JsonText.object();
    configuration.put("role", role);
    configuration.put("destination", destination);
    configuration.set("rules", rules);
    configuration.put("preferredReadLocation", preferred.isEmpty() ? null : preferred);
    return configuration;
  }

  private static String prefix(Element rule) {
    List<Element> filters = XmlText.children(rule, "Filter");
    return filters.isEmpty()
        ? XmlText.text(rule, "Prefix")
        : XmlText.text(filters.get(0), "Prefix");
  }

  private static void requireNoOverlap(List<String> prefixes, String prefix) {
    for (String other : prefixes) {
      if (other.startsWith(prefix) || prefix.startsWith(other)) {
        throw StandInException.of("InvalidRequest", "the prefixes of rules overlap");
      }
    }
    prefixes.add(prefix);
  }

  /** As clients see it. */
  static XmlText write(JsonNode configuration) {
    XmlText xml = new XmlText().root("ReplicationConfiguration");
    for (JsonNode rule : configuration.path("rules")) {
      xml.open("Rule")
          .add("ID", rule.path("id").asText())
          .add("Prefix", rule.path("prefix").asText())
          .add("Status", rule.path("enabled").asBoolean() ? "Enabled" : "Disabled")
          .open("Destination")
          .add("Bucket", configuration.path("destination").asText());
      if (rule.has("storageClass")) {
        xml.add("StorageClass", rule.path("storageClass").asText());
      }
      xml.close("Destination").close("Rule");
    }
    return xml.add("Role", configuration.path("role").asText()).close("ReplicationConfiguration");
  }
}
