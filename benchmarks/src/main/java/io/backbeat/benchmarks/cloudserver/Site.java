package io.backbeat.benchmarks.cloudserver;

import io.backbeat.api.LocationName;
import io.backbeat.cloudserver.Backend;
import io.backbeat.cloudserver.http.CloudServerClient;
import io.backbeat.cloudserver.http.CloudServerOptions;
import io.backbeat.cloudserver.http.Credentials;
import io.backbeat.cloudserver.http.CredentialsProvider;
import io.backbeat.cloudserver.http.HostAddress;
import io.backbeat.testing.cloudserver.Account;
import java.net.URI;
import java.util.List;
import java.util.Map;

/** The two clouds that objects go to, and the client that has CloudServer write to them. */
final class Site {
  static final String BUCKET = "photos";
  static final LocationName AWS = LocationName.of("aws-one");
  static final LocationName AZURE = LocationName.of("azure-two");
  static final String SITES = AWS + "," + AZURE;
  static final Map<LocationName, Backend> BACKENDS =
      Map.of(AWS, new Backend(AWS, "aws_s3"), AZURE, new Backend(AZURE, "azure"));

  private Site() {}

  /** As Backbeat's service account, signed with version 4. */
  static CloudServerClient client(URI server) {
    return CloudServerClient.open(
        CloudServerOptions.of(
            List.of(new HostAddress(server.getHost(), server.getPort())),
            CredentialsProvider.of(
                Credentials.of(Account.REPLICATION.accessKey(), Account.REPLICATION.secretKey()))));
  }
}
