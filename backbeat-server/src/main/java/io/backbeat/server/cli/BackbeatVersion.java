package io.backbeat.server.cli;

import java.util.Optional;
import picocli.CommandLine.IVersionProvider;

/** What {@code --version} prints: the version from the manifest, and what it runs on. */
final class BackbeatVersion implements IVersionProvider {
  @Override
  public String[] getVersion() {
    Optional<String> version =
        Optional.ofNullable(BackbeatVersion.class.getPackage().getImplementationVersion());
    return new String[] {
      "backbeat " + version.orElse("(not packaged)"),
      "Java ${java.version} (${java.vendor}), ${os.name} ${os.version} ${os.arch}"
    };
  }
}
