package io.backbeat.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.backbeat.server.demo.StopSignal;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** docs/cli.md has a section for every command, and in it every option. */
class CliPageTest {
  private static final Path PAGE = Path.of("..", "docs", "cli.md");

  @Test
  void every_command_and_option_is_documented_and_no_other_command() throws Exception {
    Map<String, String> sections =
        Stream.of(Files.readString(PAGE).split("\n## "))
            .skip(1)
            .collect(Collectors.toMap(s -> s.lines().findFirst().orElseThrow().strip(), s -> s));
    Map<String, CommandLine> commands =
        BackbeatCommand.commandLine(
                new StopSignal(),
                new PrintWriter(new StringWriter()),
                new PrintWriter(new StringWriter()))
            .getSubcommands();

    String common = sections.getOrDefault("Common to all", "");
    for (Map.Entry<String, CommandLine> command : commands.entrySet()) {
      if (command.getKey().equals("help")) {
        continue;
      }
      assertThat(sections).containsKey("backbeat " + command.getKey());
      String section = sections.get("backbeat " + command.getKey());
      List<String> missing =
          Stream.concat(
                  Stream.of(command.getValue()),
                  command.getValue().getSubcommands().values().stream())
              .flatMap(c -> c.getCommandSpec().options().stream())
              .map(CommandLine.Model.OptionSpec::longestName)
              .filter(name -> !section.contains("`" + name) && !common.contains("`" + name))
              .toList();
      assertThat(missing).as("options of %s that %s lacks", command.getKey(), PAGE).isEmpty();
    }
    assertThat(sections.keySet().stream().filter(s -> s.startsWith("backbeat ")))
        .allMatch(s -> commands.containsKey(s.substring("backbeat ".length())));
  }
}
