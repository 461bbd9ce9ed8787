package io.backbeat.server.cli;

import io.backbeat.api.Backbeat;
import io.backbeat.api.ObjectExplanation;
import io.backbeat.api.ObjectVersion;
import io.backbeat.api.OverallStatus;
import io.backbeat.server.http.WireJson;
import io.backbeat.server.operate.ExplanationView;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code backbeat explain}. */
@Command(
    name = "explain",
    description = {
      "Tells why a version of an object is, or is not, at each of its destinations: its status, what keeps it from"
          + " getting there and until when, its job, the last error, and what happened lately, newest first.",
      "",
      "A version that got everywhere at the first attempt has no history.",
      "The exit status is 1 when it is FAILED at one of them, and 4 when the server knows no such version or does"
          + " not replicate it."
    })
final class ExplainCommand extends OperatorCommand {
  @Parameters(
      index = "0",
      paramLabel = "BUCKET/KEY",
      converter = ObjectConverter.class,
      description = "the object; the key is all behind the first slash")
  private ObjectVersion object = ObjectVersion.unversioned("bucket", "key");

  @Mixin private ObjectOptions version = new ObjectOptions();

  @Option(names = "--bytes", description = "sizes in bytes")
  private boolean bytes;

  ExplainCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  int run(Backbeat backbeat) {
    ObjectVersion wanted = version.of(object);
    ObjectExplanation explanation =
        backbeat.objects().explain(wanted).orElseThrow(() -> version.unknown(wanted));
    if (json()) {
      out().json(WireJson.explanation(explanation));
    } else {
      new ExplanationView(quantities(bytes), now()).print(explanation, out());
    }
    return explanation.overall() == OverallStatus.FAILED ? ExitStatus.NOT_ALL_WELL : ExitStatus.OK;
  }
}
