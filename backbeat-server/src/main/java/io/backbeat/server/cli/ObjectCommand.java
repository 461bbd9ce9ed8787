package io.backbeat.server.cli;

import io.backbeat.api.Backbeat;
import io.backbeat.api.ObjectVersion;
import io.backbeat.api.OverallStatus;
import io.backbeat.api.ReplicationStatus;
import io.backbeat.server.http.WireJson;
import io.backbeat.server.operate.ObjectView;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code backbeat object}. */
@Command(
    name = "object",
    description = {
      "Shows where a version of an object stands at each of its destinations.",
      "",
      "The exit status is 1 when it is FAILED at one of them, and 4 when the server knows no such version or does"
          + " not replicate it."
    })
final class ObjectCommand extends OperatorCommand {
  @Parameters(
      index = "0",
      paramLabel = "BUCKET/KEY",
      converter = ObjectConverter.class,
      description = "the object; the key is all behind the first slash")
  private ObjectVersion object = ObjectVersion.unversioned("bucket", "key");

  @Mixin private ObjectOptions version = new ObjectOptions();

  ObjectCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  int run(Backbeat backbeat) {
    ObjectVersion wanted = version.of(object);
    ReplicationStatus status =
        backbeat.objects().status(wanted).orElseThrow(() -> version.unknown(wanted));
    if (json()) {
      out().json(WireJson.object(status));
    } else {
      ObjectView.print(status, out());
    }
    return status.overall() == OverallStatus.FAILED ? ExitStatus.NOT_ALL_WELL : ExitStatus.OK;
  }
}
