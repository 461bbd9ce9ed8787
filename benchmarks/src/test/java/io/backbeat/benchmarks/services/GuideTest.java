package io.backbeat.benchmarks.services;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.backbeat.server.config.CommandLineSettings;
import io.backbeat.server.config.ConfigLoader;
import io.backbeat.server.config.LoadedConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Follows the guide: runs its commands as they stand there, and compares what it says they print.
 */
@Tag("slow")
@Timeout(600)
class GuideTest {
  private static final Path GUIDE = Path.of("..", "docs", "guide.md");

  private static final Pattern BLOCK =
      Pattern.compile("<!-- (try|see) -->\n```(?:sh)?\n(.*?)```\n", Pattern.DOTALL);

  private static final Pattern READY =
      Pattern.compile("ready at (http://[^/]+)/_/backbeat/api/, profile cluster");

  /** Begins the output of a block. */
  private static final String MARK = "--- block ";

  @TempDir Path temp;

  /** A block of commands, and what they print if the guide says so. */
  private record Step(String commands, Optional<String> output) {}

  @Test
  void what_the_guide_tells_operators_to_try_does_what_it_says() throws Exception {
    assumeThat(InstalledProgram.find("curl")).isPresent();
    List<Step> steps = steps();
    assertThat(steps).hasSizeGreaterThan(4);
    Path target = temp.resolve("target/services");
    try (LocalServices services = LocalServices.start(target, Optional.empty())) {
      assertThat(services.lines()).hasSize(6);
      Path log = temp.resolve("server.txt");
      Process server = server(LocalServices.configuration(target), log);
      try {
        Awaitility.await()
            .atMost(60, TimeUnit.SECONDS)
            .until(() -> READY.matcher(Files.readString(log)).find() || !server.isAlive());
        Matcher ready = READY.matcher(Files.readString(log));
        assertThat(ready.find()).as(Files.readString(log)).isTrue();
        follow(steps, ready.group(1));
      } finally {
        server.destroy();
        assertThat(server.waitFor(60, TimeUnit.SECONDS)).as("the server ends").isTrue();
      }
    }
  }

  @Test
  void the_configuration_that_the_guide_gives_operators_is_complete() throws Exception {
    Matcher json =
        Pattern.compile("```json\n(.*?)```", Pattern.DOTALL).matcher(Files.readString(GUIDE));
    assertThat(json.find()).isTrue();
    Files.writeString(temp.resolve("config.json"), json.group(1));
    Files.writeString(temp.resolve("authdata.json"), "{\"accounts\": []}");

    LoadedConfig loaded =
        new ConfigLoader(temp, Map.of("BACKBEAT_CONFIG_FILE", "config.json"))
            .load(CommandLineSettings.NONE, true);

    assertThat(loaded.problems()).isEmpty();
    assertThat(loaded.config().orElseThrow().objectServer().orElseThrow().sites()).hasSize(3);
  }

  private static List<Step> steps() throws IOException {
    List<Step> steps = new ArrayList<>();
    Matcher block = BLOCK.matcher(Files.readString(GUIDE));
    while (block.find()) {
      if (block.group(1).equals("try")) {
        steps.add(new Step(block.group(2), Optional.empty()));
      } else {
        Step before = steps.remove(steps.size() - 1);
        steps.add(new Step(before.commands(), Optional.of(block.group(2))));
      }
    }
    return steps;
  }

  private void follow(List<Step> steps, String url) throws Exception {
    Path launcher = temp.resolve("backbeat");
    Files.writeString(
        launcher, "#!/usr/bin/env bash\nexec " + String.join(" ", java()) + " \"$@\"\n");
    Files.setPosixFilePermissions(launcher, PosixFilePermissions.fromString("rwxr-xr-x"));
    StringBuilder script = new StringBuilder("set -e\n");
    for (int i = 0; i < steps.size(); i++) {
      script.append("echo '").append(MARK).append(i).append("'\n");
      script.append(steps.get(i).commands());
    }
    Path output = temp.resolve("output.txt");
    ProcessBuilder builder =
        new ProcessBuilder(
                "bash", Files.writeString(temp.resolve("guide.sh"), script.toString()).toString())
            .directory(temp.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("BACKBEAT_"));
    builder.environment().put("BACKBEAT_URL", url);
    Process bash = builder.start();
    try {
      assertThat(bash.waitFor(400, TimeUnit.SECONDS)).as(() -> text(output)).isTrue();
    } finally {
      bash.descendants().forEach(ProcessHandle::destroy);
      bash.destroy();
    }
    assertThat(bash.exitValue()).as(() -> text(output)).isZero();
    String[] printed = text(output).split(MARK + "\\d+\n", -1);
    assertThat(printed).hasSize(steps.size() + 1);
    for (int i = 0; i < steps.size(); i++) {
      String found = printed[i + 1];
      steps
          .get(i)
          .output()
          .ifPresent(said -> assertThat(comparable(found)).isEqualTo(comparable(said)));
    }
  }

  /** Without what differs each time: ids, times, ports, and the width of columns. */
  private static String comparable(String text) {
    return text.replaceAll("\\b[0-9A-Za-z]{32}\\b", "ID")
        .replaceAll("\\d{4}-\\d\\d-\\d\\dT[0-9:]+Z", "TIME")
        .replaceAll("127\\.0\\.0\\.1:\\d+", "HOST")
        .replaceAll(" +", " ")
        .strip();
  }

  private static Process server(Path configuration, Path log) throws IOException {
    List<String> command = new ArrayList<>(java());
    command.addAll(List.of("serve", "--config", configuration.toString()));
    command.addAll(List.of("--port", "0", "--probe-port", "0"));
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("BACKBEAT_"));
    return builder.start();
  }

  private static List<String> java() {
    List<String> entries = new ArrayList<>();
    for (String entry :
        System.getProperty("java.class.path").split(System.getProperty("path.separator"), -1)) {
      entries.add(Path.of(entry).toAbsolutePath().toString());
    }
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-Xmx256m",
        "-XX:TieredStopAtLevel=1",
        "-cp",
        String.join(System.getProperty("path.separator"), entries),
        "io.backbeat.server.Main");
  }

  private static String text(Path file) {
    try {
      return Files.readString(file, UTF_8);
    } catch (IOException e) {
      return e.toString();
    }
  }
}
