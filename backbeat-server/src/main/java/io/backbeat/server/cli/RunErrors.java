package io.backbeat.server.cli;

import io.backbeat.api.BackbeatException;
import io.backbeat.embedded.StoreOpenException;
import io.backbeat.server.demo.DemoException;
import io.backbeat.server.place.PlaceException;
import io.backbeat.server.profile.ProfileException;
import io.backbeat.server.serve.ServeException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/** Says in one line why a command could not run; a stack trace only for what nobody foresaw. */
final class RunErrors implements IExecutionExceptionHandler {
  private static final Logger LOG = LoggerFactory.getLogger(RunErrors.class);

  @Override
  public int handleExecutionException(Exception error, CommandLine command, ParseResult parsed) {
    String text = String.valueOf(error.getMessage());
    if (!foreseen(error)) {
      LOG.error("{} failed", command.getCommandSpec().qualifiedName(), error);
      text = "unexpected error: " + error;
    }
    command.getErr().println("backbeat: " + text);
    command.getErr().flush();
    return ExitStatus.CANNOT_RUN;
  }

  private static boolean foreseen(Exception error) {
    return error instanceof DemoException
        || error instanceof PlaceException
        || error instanceof ProfileException
        || error instanceof ServeException
        || error instanceof StoreOpenException
        || error instanceof BackbeatException;
  }
}
