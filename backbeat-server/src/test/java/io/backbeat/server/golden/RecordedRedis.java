package io.backbeat.server.golden;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.backbeat.testing.RedisService;
import java.util.List;
import java.util.TreeSet;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Protocol;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.resps.Tuple;

/** A real Redis with the commands of the recording, on the keys of the original. */
final class RecordedRedis {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final RedisService service;

  RecordedRedis(RedisService service) {
    this.service = service;
  }

  /** Forgets everything, then carries out commands with resolved times. */
  void reset(List<List<String>> commands) {
    // The server may have been started anew since.
    try (RedisClient client = service.client()) {
      client.flushDB();
      for (List<String> command : commands) {
        CommandArguments arguments = new CommandArguments(Protocol.Command.valueOf(command.get(0)));
        command.stream().skip(1).forEach(arguments::add);
        client.executeCommand(arguments);
      }
    }
  }

  /** All of it in the form of the recording: texts, and sorted sets as lists. */
  ObjectNode dump() {
    ObjectNode dump = JSON.createObjectNode();
    try (RedisClient client = service.client()) {
      for (String key : new TreeSet<>(client.keys("*"))) {
        if (client.type(key).equals("zset")) {
          ArrayNode members = dump.putArray(key);
          for (Tuple tuple : client.zrangeWithScores(key, 0, -1)) {
            members.add(tuple.getElement()).add(Long.toString((long) tuple.getScore()));
          }
        } else {
          dump.put(key, client.get(key));
        }
      }
    }
    return dump;
  }
}
