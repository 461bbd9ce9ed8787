package io.backbeat.server.cli;

import io.backbeat.api.Backbeat;
import io.backbeat.api.BackbeatException;
import io.backbeat.server.operate.Look;
import io.backbeat.server.operate.LookDisplay;
import io.backbeat.server.operate.LookLines;
import io.backbeat.server.operate.LookScreen;
import io.backbeat.server.operate.Quantities;
import io.backbeat.server.operate.Watch;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code backbeat watch}. */
@Command(
    name = "watch",
    description = {
      "Shows states and numbers of locations again and again, until Ctrl-C.",
      "",
      "On a terminal the view is drawn anew each time; elsewhere, lines are appended. While the server does not"
          + " answer, that is told and the watching goes on, once there was an answer."
    },
    exitCodeListHeading = "%nExit status:%n",
    exitCodeList = {
      "0:ended with Ctrl-C, or after --count looks",
      "2:the command line is wrong",
      "3:the first or the last look got no answer",
      "4:the server refused the first or the last look"
    })
final class WatchCommand extends OperatorCommand {
  private static final Duration SHORTEST = Duration.ofMillis(100);

  @Mixin private TargetOptions targets = new TargetOptions();

  @Option(
      names = "--every",
      paramLabel = "TIME",
      defaultValue = "2s",
      converter = DurationConverter.class,
      description = "how long to wait between two looks, at least 100ms; default: 2s")
  private Duration every = Duration.ofSeconds(2);

  @Option(names = "--count", paramLabel = "N", description = "end after so many looks")
  private @Nullable Long count;

  @Option(names = "--bytes", description = "sizes in bytes, not in kB, MB, ...")
  private boolean bytes;

  WatchCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  int run(Backbeat backbeat) {
    if (every.compareTo(SHORTEST) < 0) {
      throw usage("--every must be at least 100ms");
    }
    if (count != null && count < 1) {
      throw usage("--count must be at least 1");
    }
    Watch watch =
        new Watch(
            () ->
                Look.take(
                    backbeat,
                    targets.service(),
                    () -> targets.select(backbeat),
                    surroundings().clock()),
            display(),
            surroundings().pause(),
            e -> "backbeat: " + error(e).message());
    Optional<BackbeatException> trouble =
        watch.run(every, count == null ? OptionalLong.empty() : OptionalLong.of(count));
    return trouble.map(e -> error(e).status()).orElse(ExitStatus.OK);
  }

  private LookDisplay display() {
    Quantities quantities = quantities(bytes);
    return surroundings().terminal() && !json()
        ? new LookScreen(server(), quantities, out())
        : new LookLines(json(), quantities, out(), this::say);
  }
}
