package io.backbeat.server.golden;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Steps that were made between two records and are not in the file, which is a selection: read off
 * what the records after them show.
 */
final class Unrecorded {
  private final Recording recording;

  Unrecorded(Recording recording) {
    this.recording = recording;
  }

  /** What is to be replayed before a record, and not compared. */
  List<GoldenRecord> before(GoldenRecord next) {
    return switch (next.id()) {
      case "prod-664" -> List.of(step(next, "GET", "/_/crr/failed", "", walkedHours(), List.of()));
      case "prod-884" ->
          List.of(step(next, "GET", "/_/ingestion/status", "", List.of(), runningIngestion()));
      case "prod-1043" ->
          List.of(
              step(next, "POST", "/_/lifecycle/resume/all/schedule", "{\"hours\":2}").continuing());
      case "prod-1050" -> List.of(step(next, "POST", "/_/lifecycle/resume", "").continuing());
      case "down1-1" ->
          List.of(step(next, "GET", "/_/metrics/crr/all", "", testNumbers(), List.of()));
      case "down2-1", "down3-1" -> List.of(step(next, "GET", "/_/crr/status", ""));
      default -> List.of();
    };
  }

  /** The hours whose last 81 members are the page that was recorded. */
  private static List<List<String>> walkedHours() {
    List<String> command = new ArrayList<>(List.of("ZADD", "bb:crr:failed:aws-backend-1:{H-4}"));
    IntStream.rangeClosed(0, 99)
        .forEach(
            i -> {
              command.add("{H-4+" + 5 * (i + 1) + "}");
              command.add("bucket-" + i + ":key-4-" + i + ":versionId-" + i);
            });
    String oldest = "bb:crr:failed:aws-backend-1:{H-23}";
    return List.of(command, List.of("ZADD", oldest, "{H-23+5}", "bucket-0:key-23-0:versionId-0"));
  }

  private static List<GoldenRecord.Node> runningIngestion() {
    return List.of(
        new GoldenRecord.Node(
            "/backbeat/ingestion/state/wontwork-location", Optional.of("{\"paused\":false}")));
  }

  /** The numbers of the original's own tests: as before prod-56, with two ingestion locations. */
  private List<List<String>> testNumbers() {
    List<List<String>> commands = new ArrayList<>();
    recording.records().stream()
        .filter(record -> record.id().equals("prod-56"))
        .flatMap(record -> record.redis().stream())
        .filter(command -> !command.get(1).startsWith("wontwork-location"))
        .forEach(command -> commands.add(withTestNames(command)));
    Map.of("aws-backend-1", List.of("100", "12"), "aws-backend-2", List.of("200", "30"))
        .forEach(
            (site, numbers) -> {
              String owner = site + "-ingestion:test:bb:";
              commands.add(List.of("SET", owner + "opsdone:requests:{I-0}", numbers.get(0)));
              commands.add(List.of("SET", owner + "opspending", numbers.get(1)));
            });
    return commands;
  }

  /** The same on the key that the original has when {@code CI=true}. */
  private static List<String> withTestNames(List<String> command) {
    List<String> renamed = new ArrayList<>(command);
    renamed.set(
        1,
        command.get(1).startsWith("bb:crr:failed:")
            ? "test:" + command.get(1)
            : command.get(1).replace(":bb:crr:", ":test:bb:"));
    return renamed;
  }

  private static GoldenRecord step(GoldenRecord next, String method, String path, String body) {
    return step(next, method, path, body, List.of(), List.of());
  }

  private static GoldenRecord step(
      GoldenRecord next,
      String method,
      String path,
      String body,
      List<List<String>> redis,
      List<GoldenRecord.Node> nodes) {
    return new GoldenRecord(
        "before-" + next.id(),
        next.mode(),
        next.group(),
        method,
        path,
        Map.of(),
        Optional.of(body),
        Optional.empty(),
        next.now(),
        List.of(),
        redis,
        nodes,
        false,
        "",
        GoldenRecord.Effects.NONE,
        false);
  }
}
