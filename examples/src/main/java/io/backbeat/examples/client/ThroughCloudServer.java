package io.backbeat.examples.client;

import io.backbeat.api.Backbeat;
import io.backbeat.api.LocationStatus;
import io.backbeat.api.ServiceName;
import io.backbeat.client.BackbeatClient;
import java.net.URI;

/**
 * Asks a Backbeat that can be reached through CloudServer only.
 *
 * <pre>ThroughCloudServer URI ACCESS_KEY SECRET_KEY</pre>
 */
public final class ThroughCloudServer {
  private ThroughCloudServer() {}

  /** Prints the state of all destinations. */
  public static void main(String[] args) {
    if (args.length != 3) {
      System.err.println("usage: ThroughCloudServer URI ACCESS_KEY SECRET_KEY");
      return;
    }
    // begin: signed
    Backbeat backbeat =
        BackbeatClient.builder(URI.create(args[0]))
            .signer(new S3Signature(args[1], args[2], "us-east-1"))
            .build();
    // end: signed
    for (LocationStatus status : backbeat.locations().list(ServiceName.REPLICATION)) {
      System.out.println(status.location() + " " + status.target());
    }
  }
}
