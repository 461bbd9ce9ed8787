package io.backbeat.zookeeper;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Who gets which provisions, and how an owner's node says it. Pure. */
final class ProvisionDeal {
  private static final ObjectMapper MAPPER = JsonMapper.builder().build();

  private ProvisionDeal() {}

  /** Deals one to each owner in turn; of more owners than provisions, the last get none. */
  static Map<String, List<String>> deal(List<String> owners, List<String> provisions) {
    Map<String, List<String>> hands = new LinkedHashMap<>();
    owners.forEach(owner -> hands.put(owner, new ArrayList<>()));
    List<List<String>> order = List.copyOf(hands.values());
    for (int i = 0; i < provisions.size() && !order.isEmpty(); i++) {
      order.get(i % order.size()).add(provisions.get(i));
    }
    return hands;
  }

  /** A JSON array of texts. */
  static String write(List<String> provisions) {
    return MAPPER.valueToTree(provisions).toString();
  }

  /** What an owner's node says; nothing for a node that was not written yet, or is unreadable. */
  static List<String> read(String text) {
    try {
      List<String> provisions = new ArrayList<>();
      JsonNode json = MAPPER.readTree(text);
      if (json != null && json.isArray()) {
        json.forEach(one -> provisions.add(one.asText()));
      }
      return provisions;
    } catch (JacksonException malformed) {
      return List.of();
    }
  }
}
