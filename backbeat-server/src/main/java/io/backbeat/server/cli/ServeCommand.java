package io.backbeat.server.cli;

import io.backbeat.api.ApiPaths;
import io.backbeat.server.config.ServerConfig;
import io.backbeat.server.config.ServerRole;
import io.backbeat.server.demo.StopSignal;
import io.backbeat.server.serve.LogSettings;
import io.backbeat.server.serve.ServerRun;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code backbeat serve}: reads the configuration, runs the server until it is to stop. */
@Command(
    name = "serve",
    description = {
      "Runs the server: the engine, its REST API and the probes, until SIGTERM or Ctrl-C.",
      "",
      "Without a configuration file it keeps its state in ./backbeat-data and serves this machine on port 8900."
    },
    mixinStandardHelpOptions = true,
    versionProvider = BackbeatVersion.class,
    exitCodeListHeading = "%nExit status:%n",
    exitCodeList = {
      "0:stopped in good order, by SIGTERM or Ctrl-C",
      "2:the command line is wrong",
      "3:could not start: configuration with errors, port or data directory in use, ...; the message names the reason",
      "130:Ctrl-C before the server was ready, or again while it stopped; 143: the same with SIGTERM"
    })
final class ServeCommand implements Callable<Integer> {
  private static final Duration REQUESTS_AND_STORE = Duration.ofSeconds(40);
  private static final Duration LOOK = Duration.ofHours(1);

  private final StopSignal stop;

  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private ConfigOptions options = new ConfigOptions();

  ServeCommand(StopSignal stop) {
    this.stop = stop;
  }

  @Override
  public Integer call() {
    ServerConfig config =
        StartConfig.load(options.settings(), options.strict(), spec.commandLine().getErr());
    LogSettings logging = LogSettings.apply(config.logLevel());
    try (ServerRun server = ServerRun.start(config)) {
      stop.inGoodOrder(config.drain().plus(REQUESTS_AND_STORE));
      say(ready(config, server));
      while (!stop.await(LOOK)) {
        // Serving is the work of other threads.
      }
      say("backbeat: stopping, within " + config.drain().toSeconds() + " s");
    } finally {
      logging.restore();
    }
    return ExitStatus.OK;
  }

  private static String ready(ServerConfig config, ServerRun server) {
    return "backbeat: ready"
        + server.apiUri().map(uri -> " at " + api(uri)).orElse("")
        + ", profile "
        + config.profile()
        + (config.roles().equals(ServerRole.ALL)
            ? ""
            : ", roles " + ServerRole.text(config.roles()))
        + ", "
        + server.place()
        + ", probes at "
        + server.probeUri()
        + "/_/ready"
        + sinceStart();
  }

  private static String api(URI uri) {
    String base = uri.toString();
    return base.substring(0, base.length() - 1) + ApiPaths.PUBLIC_PREFIX;
  }

  /** Since the process began, which is before the JVM could look at a clock. */
  private static String sinceStart() {
    Optional<Instant> start = ProcessHandle.current().info().startInstant();
    return start
        .map(
            instant ->
                String.format(
                    Locale.ROOT,
                    ", after %.2f s",
                    Duration.between(instant, Instant.now()).toMillis() / 1000.0))
        .orElse("");
  }

  private void say(String line) {
    spec.commandLine().getOut().println(line);
    spec.commandLine().getOut().flush();
  }
}
