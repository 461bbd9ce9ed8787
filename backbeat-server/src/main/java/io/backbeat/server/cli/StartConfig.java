package io.backbeat.server.cli;

import io.backbeat.server.config.CommandLineSettings;
import io.backbeat.server.config.ConfigLoader;
import io.backbeat.server.config.LoadedConfig;
import io.backbeat.server.config.Problem;
import io.backbeat.server.config.ServerConfig;
import io.backbeat.server.serve.ServeException;
import java.io.PrintWriter;

/** Reads the configuration of a command that cannot run with a wrong one. */
final class StartConfig {
  private StartConfig() {}

  /**
   * Reads it, and prints every problem.
   *
   * @throws ServeException if it has errors
   */
  static ServerConfig load(CommandLineSettings settings, boolean strict, PrintWriter err) {
    LoadedConfig loaded = ConfigLoader.ofProcess().load(settings, strict);
    for (Problem warning : loaded.warnings()) {
      err.println("backbeat: warning: " + warning);
    }
    for (Problem error : loaded.errors()) {
      err.println("backbeat: " + error);
    }
    err.flush();
    return loaded
        .config()
        .orElseThrow(
            () ->
                new ServeException(
                    "the configuration has "
                        + loaded.errors().size()
                        + (loaded.errors().size() == 1 ? " error" : " errors")
                        + ", named above; \"backbeat config\" shows what applies"));
  }
}
