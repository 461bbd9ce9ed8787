package io.backbeat.server.golden;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.backbeat.api.LocationName;
import io.backbeat.api.ObjectVersion;
import io.backbeat.api.ServiceName;
import io.backbeat.api.TargetState;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Translates the set-up of a record, keys of Redis and nodes of ZooKeeper, to our ports.
 *
 * <ul>
 *   <li>A key of the wrong type makes Redis answer with an error: the record is replayed with that
 *       store down. A node that is not JSON likewise.
 *   <li>A node that is JSON means what JavaScript makes of it: {@code paused} counts by its truth,
 *       {@code scheduledResume} when it is a date.
 *   <li>A lock on an object says that somebody is queueing its job: the job is QUEUED.
 *   <li>Whatever a request names exists, as with the recorded CloudServer, unless its key starts
 *       with {@code gone}.
 * </ul>
 */
final class Setup {
  private static final Pattern LOCK =
      Pattern.compile("([^:]+):(.+):([^:]*):([^:]+):processingFailures");
  private static final Pattern NODE =
      Pattern.compile("/backbeat(?:test)?/(replication|ingestion)/state/(.+)");
  private static final DateTimeFormatter LONG_DATE =
      DateTimeFormatter.ofPattern("EEE MMM dd uuuu HH:mm:ss 'GMT'Z", Locale.ENGLISH);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final World world;
  private final GoldenRecord record;
  private final Set<Outages.Service> broken = EnumSet.noneOf(Outages.Service.class);
  private final List<FailedMember> members = new ArrayList<>();
  private final Map<ObjectVersion, String> locks = new HashMap<>();

  private Setup(World world, GoldenRecord record) {
    this.world = world;
    this.record = record;
  }

  /** Writes the set-up and tells which services can only answer with an error. */
  static Set<Outages.Service> write(World world, GoldenRecord record) {
    Setup setup = new Setup(world, record);
    setup.redis();
    record.nodes().forEach(setup::node);
    return setup.broken;
  }

  private void redis() {
    for (List<String> command : record.resolvedRedis()) {
      switch (command.get(0)) {
        case "INCRBY", "SET" -> set(command.get(1), command.get(2));
        case "ZADD" -> members.addAll(FailedMember.of(command));
        case "SADD" -> broken.add(Outages.Service.REDIS);
        default -> throw new AssertionError("unknown command in " + record + ": " + command);
      }
    }
    failures();
  }

  private void set(String key, String value) {
    Matcher lock = LOCK.matcher(key);
    if (FailedMember.isSet(key)) {
      broken.add(Outages.Service.REDIS);
    } else if (lock.matches()) {
      String version = FailedMember.knownVersion(lock.group(3));
      locks.put(new ObjectVersion(lock.group(1), lock.group(2), version), lock.group(4));
    } else {
      RedisKeys.CounterAt counter = RedisKeys.counter(key).orElseThrow();
      RedisKeys.number(value)
          .ifPresent(n -> world.count(counter.key(), n, counter.interval().orElseGet(record::now)));
    }
  }

  private void failures() {
    if (!record.asksForFailures()) {
      world.failedOnly(members);
      return;
    }
    Map<ObjectVersion, List<String>> existing = new HashMap<>(Requests.named(record));
    locks.forEach((object, site) -> existing.putIfAbsent(object, List.of(site)));
    world.known(existing);
    locks.forEach((object, site) -> world.queued(object, LocationName.of(site)));
    List<FailedMember> named =
        members.stream()
            .filter(member -> member.object().isPresent())
            .sorted(Comparator.comparing(FailedMember::failedAt))
            .toList();
    world.failed(named, new HashSet<>(locks.keySet()), record.sourceGone());
  }

  private void node(GoldenRecord.Node node) {
    Matcher path = NODE.matcher(node.path());
    if (!path.matches()) {
      throw new AssertionError("unknown node in " + record + ": " + node.path());
    }
    if (node.data().isEmpty()) {
      return;
    }
    ServiceName service =
        path.group(1).equals("ingestion") ? ServiceName.INGESTION : ServiceName.REPLICATION;
    try {
      JsonNode data = JSON.readTree(node.data().get());
      if (data.isMissingNode()) {
        broken.add(Outages.Service.ZOOKEEPER);
        return;
      }
      state(service, LocationName.of(path.group(2)), data);
    } catch (JsonProcessingException e) {
      broken.add(Outages.Service.ZOOKEEPER);
    }
  }

  private void state(ServiceName service, LocationName location, JsonNode data) {
    boolean paused = isTrue(data.path("paused"));
    world.state(
        service,
        location,
        paused ? TargetState.PAUSED : TargetState.RUNNING,
        paused ? date(data.path("scheduledResume")) : Optional.empty());
  }

  private static boolean isTrue(JsonNode value) {
    return value.isTextual() ? !value.textValue().isEmpty() : value.asBoolean();
  }

  private static Optional<Instant> date(JsonNode value) {
    if (!value.isTextual() || value.textValue().isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(Instant.parse(value.textValue()));
    } catch (DateTimeParseException e) {
      return Optional.of(
          LONG_DATE.parse(value.textValue().replaceAll(" \\(.*", ""), Instant::from));
    }
  }
}
