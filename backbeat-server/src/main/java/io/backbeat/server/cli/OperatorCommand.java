package io.backbeat.server.cli;

import io.backbeat.api.Backbeat;
import io.backbeat.api.BackbeatException;
import io.backbeat.client.BackbeatClient;
import io.backbeat.server.operate.OperationException;
import io.backbeat.server.operate.Quantities;
import io.backbeat.server.terminal.Printer;
import io.backbeat.server.terminal.Texts;
import java.net.URI;
import java.time.Instant;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What the commands that talk to a server have in common: options, errors, exit statuses. */
@Command(
    mixinStandardHelpOptions = true,
    versionProvider = BackbeatVersion.class,
    exitCodeListHeading = "%nExit status:%n",
    exitCodeList = {
      "0:all went well",
      "1:answered, but not all is well: health is FAILING, the object is FAILED somewhere, fewer retries"
          + " queued than asked for, a schedule without a pause",
      "2:the command line is wrong",
      "3:no answer: no connection, none in time, or not one of Backbeat",
      "4:the server refused: unknown location or object, address not allowed, trouble of its own",
      "130:interrupted (Ctrl-C); 143: terminated"
    })
abstract class OperatorCommand implements Callable<Integer> {
  private final Surroundings surroundings;

  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private ConnectionOptions connection = new ConnectionOptions();

  @Option(names = "--json", description = "print JSON for programs, with the names of the API")
  private boolean json;

  OperatorCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  /**
   * Does it.
   *
   * @return the exit status
   */
  abstract int run(Backbeat backbeat);

  @Override
  public final Integer call() {
    BackbeatClient client;
    try {
      client = connection.client(surroundings.environment());
    } catch (IllegalArgumentException e) {
      throw usage(String.valueOf(e.getMessage()));
    }
    try {
      return run(client);
    } catch (BackbeatException e) {
      ServerError error = error(e);
      complain(error.message());
      return error.status();
    } catch (RefusalException e) {
      complain(String.valueOf(e.getMessage()));
      return ExitStatus.REFUSED;
    } catch (OperationException e) {
      complain(String.valueOf(e.getMessage()));
      return ExitStatus.CANNOT_RUN;
    } finally {
      spec.commandLine().getOut().flush();
    }
  }

  /** As the user gave it. */
  final URI server() {
    return URI.create(connection.url(surroundings.environment()));
  }

  final ServerError error(BackbeatException error) {
    return ServerError.of(error, server());
  }

  final Surroundings surroundings() {
    return surroundings;
  }

  final Instant now() {
    return surroundings.clock().instant();
  }

  final boolean json() {
    return json;
  }

  /** For results. */
  final Printer out() {
    return new Printer(spec.commandLine().getOut(), surroundings.coloured());
  }

  /** For what is no result. */
  final void say(String message) {
    spec.commandLine().getErr().println(Texts.printable(message));
    spec.commandLine().getErr().flush();
  }

  final void complain(String message) {
    say("backbeat: " + message);
  }

  final ParameterException usage(String message) {
    return new ParameterException(spec.commandLine(), message);
  }

  static Quantities quantities(boolean bytes) {
    return bytes ? Quantities.BYTES : Quantities.UNITS;
  }
}
