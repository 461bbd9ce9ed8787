package io.backbeat.server.cli;

import io.backbeat.api.LocationName;
import io.backbeat.server.config.Profile;
import io.backbeat.server.config.ReplicationConfig;
import io.backbeat.server.config.ServerConfig;
import io.backbeat.server.config.ServerRole;
import io.backbeat.server.demo.Demo;
import io.backbeat.server.demo.DemoPlan;
import io.backbeat.server.demo.DemoSettings;
import io.backbeat.server.demo.Screen;
import io.backbeat.server.demo.StopSignal;
import io.backbeat.server.place.LocationTarget;
import io.backbeat.server.profile.ProfileException;
import io.backbeat.server.serve.Profiles;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code backbeat demo}: reads the options, runs the demo, maps its result to an exit status. */
@Command(
    name = "demo",
    description = {
      "Replicates the files of a directory to several locations.",
      "",
      "Every file is an object of a bucket; every location gets a copy of every object, and the status of each"
          + " copy is kept in the data directory. A second run goes on where the first one ended, however it ended.",
      "",
      "With --config FILE of a cluster, queues and statuses are on its services."
    },
    mixinStandardHelpOptions = true,
    versionProvider = BackbeatVersion.class,
    showDefaultValues = false,
    exitCodeListHeading = "%nExit status:%n",
    exitCodeList = {
      "0:every object is COMPLETED at every location (with --exit), or the demo was ended by its user",
      "1:some objects are FAILED or not COMPLETED",
      "2:the command line is wrong",
      "3:could not start or not go on; the message names the reason",
      "130:interrupted (Ctrl-C); 143: terminated. The next run goes on from there"
    })
final class DemoCommand implements Callable<Integer> {
  /** The CloudServer world knows Backbeat's API there. */
  private static final String DEFAULT_PORT = "8900";

  private static final String DEFAULT_PATIENCE = "20";

  private final StopSignal stop;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--source",
      paramLabel = "DIR",
      description =
          "whose files are replicated; default: the tree of this project, without .git and target")
  private @Nullable Path source;

  @Option(
      names = "--to",
      paramLabel = "NAME=PLACE",
      converter = LocationTargetConverter.class,
      description = {
        "a location and its place: a directory, or s3://BUCKET/PREFIX?endpoint=URL&region=NAME;"
            + " repeatable; default: two directories, paris and tokyo, under target/demo"
      })
  private List<LocationTarget> targets = new ArrayList<>();

  @Option(
      names = "--data-dir",
      paramLabel = "DIR",
      description =
          "where the engine keeps queues and statuses; default: one for each source, under target/demo")
  private @Nullable Path dataDirectory;

  @Option(
      names = "--break",
      paramLabel = "NAME",
      converter = LocationNameConverter.class,
      description = "make this location fail, show what happens, heal it and retry")
  private @Nullable LocationName broken;

  @Option(
      names = "--pause",
      paramLabel = "NAME",
      converter = LocationNameConverter.class,
      description = "start with this location paused; not with --exit")
  private @Nullable LocationName paused;

  @Option(
      names = "--port",
      paramLabel = "PORT",
      defaultValue = DEFAULT_PORT,
      description =
          "port of the REST API on 127.0.0.1, 0 for any free one; default: " + DEFAULT_PORT)
  private int port;

  @Option(
      names = "--exit",
      description =
          "end when all is replicated, instead of watching the directory and serving the REST API")
  private boolean exit;

  @Option(
      names = "--patience",
      paramLabel = "SECONDS",
      defaultValue = DEFAULT_PATIENCE,
      description =
          "give up, with --exit, when a destination is down and nothing moves for so long; default: "
              + DEFAULT_PATIENCE)
  private long patienceSeconds;

  @Mixin private ConfigFileOptions configuration = new ConfigFileOptions();

  DemoCommand(StopSignal stop) {
    this.stop = stop;
  }

  @Override
  public Integer call() {
    Screen screen = Screen.on(spec.commandLine().getOut());
    return switch (demo(screen).run()) {
      case COMPLETED, ENDED -> ExitStatus.OK;
      case NOT_COMPLETED -> ExitStatus.NOT_ALL_WELL;
      case INTERRUPTED -> ExitStatus.INTERRUPTED;
    };
  }

  private Demo demo(Screen screen) {
    DemoPlan plan = plan();
    if (!configuration.given()) {
      return new Demo(plan, screen, stop);
    }
    ServerConfig config =
        StartConfig.load(configuration.settings(), false, spec.commandLine().getErr());
    if (config.profile() == Profile.EMBEDDED) {
      return new Demo(plan, screen, stop);
    }
    if (!config.roles().equals(ServerRole.ALL)) {
      throw new ProfileException(
          "the demo does all of the work itself, and the configuration has the roles "
              + ServerRole.text(config.roles())
              + " only; give one without backbeat.roles");
    }
    ServerConfig ofDemo =
        config.withReplication(
            new ReplicationConfig(
                plan.locations(), plan.targets(), Optional.empty(), Set.of(), Set.of()));
    String state =
        "on the cluster of Kafka "
            + config.cluster().map(cluster -> cluster.kafka().hosts()).orElse("")
            + "; log in "
            + plan.dataDirectory();
    return new Demo(plan, screen, stop, state, () -> Profiles.open(ofDemo));
  }

  private DemoPlan plan() {
    try {
      return DemoPlan.resolve(
          new DemoSettings(
              Path.of(System.getProperty("backbeat.home", "")).toAbsolutePath(),
              Optional.ofNullable(source),
              targets,
              Optional.ofNullable(dataDirectory),
              Optional.ofNullable(broken),
              Optional.ofNullable(paused),
              port,
              exit,
              Duration.ofSeconds(patienceSeconds)));
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
    }
  }
}
