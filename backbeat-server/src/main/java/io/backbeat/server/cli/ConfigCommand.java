package io.backbeat.server.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.backbeat.server.config.ConfigLoader;
import io.backbeat.server.config.EffectiveValue;
import io.backbeat.server.config.LoadedConfig;
import io.backbeat.server.config.Problem;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code backbeat config}: shows the configuration that applies, and what is wrong with it. */
@Command(
    name = "config",
    description = {
      "Shows the configuration that \"backbeat serve\" would have with the same options: each value and where it comes"
          + " from. Secrets are masked. Starts nothing."
    },
    mixinStandardHelpOptions = true,
    versionProvider = BackbeatVersion.class,
    exitCodeListHeading = "%nExit status:%n",
    exitCodeList = {
      "0:a server can start with it; there may be warnings",
      "2:the command line is wrong",
      "3:it has errors, which are named"
    })
final class ConfigCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private ConfigOptions options = new ConfigOptions();

  @Option(names = "--json", description = "print one JSON object, problems included")
  private boolean json;

  @Override
  public Integer call() throws JsonProcessingException {
    LoadedConfig loaded = ConfigLoader.ofProcess().load(options.settings(), options.strict());
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(json(loaded));
    } else {
      loaded.values().forEach(value -> out.println(line(value)));
      PrintWriter err = spec.commandLine().getErr();
      loaded.warnings().forEach(problem -> err.println("backbeat: warning: " + problem));
      loaded.errors().forEach(problem -> err.println("backbeat: " + problem));
      err.flush();
    }
    out.flush();
    return loaded.errors().isEmpty() ? ExitStatus.OK : ExitStatus.CANNOT_RUN;
  }

  private static String line(EffectiveValue value) {
    return value.path() + " = " + value.value() + "  (" + value.origin() + ")";
  }

  private static String json(LoadedConfig loaded) throws JsonProcessingException {
    JsonMapper mapper = new JsonMapper();
    ObjectNode root = mapper.createObjectNode();
    loaded.file().ifPresent(file -> root.put("file", file.toString()));
    ObjectNode values = root.putObject("values");
    for (EffectiveValue value : loaded.values()) {
      values
          .putObject(value.path())
          .put("origin", value.origin().toString())
          .set("value", mapper.readTree(value.value()));
    }
    for (Problem problem : loaded.problems()) {
      root.withArray("problems")
          .addObject()
          .put("severity", problem.severity().name().toLowerCase(Locale.ROOT))
          .put("path", problem.path())
          .put("message", problem.message());
    }
    return mapper.writerWithDefaultPrettyPrinter().writeValueAsString(root);
  }
}
