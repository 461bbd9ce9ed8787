package io.backbeat.server;

import io.backbeat.server.cli.BackbeatCommand;
import io.backbeat.server.demo.StopSignal;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jline.utils.Signals;

/** The program. The only place that ends the JVM or hooks into its end. */
public final class Main {
  /** How long the end of the JVM waits for a command to stop in good order. */
  private static final Duration STOP_PATIENCE = Duration.ofSeconds(30);

  /** What a shell makes of a program that ended by SIGINT, and by SIGTERM. */
  private static final int INTERRUPTED = 130;

  private static final int TERMINATED = 143;

  private Main() {}

  /** Runs a command and ends the JVM with its exit status. */
  public static void main(String[] args) {
    StopSignal stop = new StopSignal();
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> stop.requestAndAwait(stop.orderly().orElse(STOP_PATIENCE)), "backbeat-stop"));
    onSignal("TERM", TERMINATED, stop);
    onSignal("INT", INTERRUPTED, stop);
    int status;
    try {
      status =
          BackbeatCommand.commandLine(stop, writer(FileDescriptor.out), writer(FileDescriptor.err))
              .execute(args);
    } finally {
      stop.stopped();
    }
    System.exit(status);
  }

  /**
   * The first signal asks a command that ends in good order to do so, and its status is that of the
   * program. Otherwise a signal ends the JVM as usual. A JVM without signals keeps the hook alone.
   */
  private static void onSignal(String signal, int status, StopSignal stop) {
    Signals.register(
        signal,
        () -> {
          if (stop.orderly().isPresent() && !stop.requested()) {
            stop.request();
          } else {
            System.exit(status);
          }
        });
  }

  /**
   * File names are in UTF-8, whatever the JVM believes of the terminal in a POSIX locale. Unlike
   * System.out, this tells when nobody reads any more.
   */
  private static PrintWriter writer(FileDescriptor descriptor) {
    return new PrintWriter(
        new OutputStreamWriter(new FileOutputStream(descriptor), StandardCharsets.UTF_8), true);
  }
}
