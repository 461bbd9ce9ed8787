package io.backbeat.server.cli;

import io.backbeat.server.demo.StopSignal;
import java.io.PrintWriter;
import java.io.StringWriter;

/** What a command line came to, run in this process. */
public record Outcome(int status, String out, String err) {
  public static Outcome of(String... args) {
    return of(new StopSignal(), args);
  }

  public static Outcome of(StopSignal stop, String... args) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int status =
        BackbeatCommand.commandLine(stop, new PrintWriter(out, true), new PrintWriter(err, true))
            .execute(args);
    return new Outcome(status, out.toString(), err.toString());
  }
}
