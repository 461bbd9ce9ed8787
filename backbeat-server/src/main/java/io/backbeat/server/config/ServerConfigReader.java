package io.backbeat.server.config;

import com.fasterxml.jackson.databind.JsonNode;
import io.backbeat.api.LocationName;
import io.backbeat.s3.S3Credentials;
import io.backbeat.s3.S3Endpoint;
import io.backbeat.s3.S3Options;
import io.backbeat.server.http.ErrorForm;
import io.backbeat.server.place.LocationTarget;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Makes the typed configuration of a tree in which no error was found. Pure. */
final class ServerConfigReader {
  private static final String LOOPBACK = "127.0.0.1";
  private static final String EVERY_INTERFACE = "0.0.0.0";
  private static final int PROBE_PORT = 4042;
  static final String ROLES = "backbeat.roles";
  static final String SOURCE = "backbeat.replication.source";
  static final String LOCATIONS = "backbeat.replication.locations";
  static final String WORKFLOWS = "backbeat.workflows";
  static final String BOOTSTRAP_LIST = "extensions.replication.destination.bootstrapList";

  /** The first that is given says where the probes are. */
  static final String[] PROBE_HOSTS = {
    "backbeat.probe.host", "queuePopulator.probeServer.bindAddress", "healthcheckServer.bindAddress"
  };

  static final String[] PROBE_PORTS = {
    "backbeat.probe.port", "queuePopulator.probeServer.port", "healthcheckServer.port"
  };

  private final ConfigValues values;
  private final SourceLocations known;
  private final Optional<Path> accounts;

  private ServerConfigReader(ConfigValues values, SourceLocations known, Optional<Path> accounts) {
    this.values = values;
    this.known = known;
    this.accounts = accounts;
  }

  static ServerConfig read(ConfigValues values, SourceLocations known, Optional<Path> accounts) {
    return new ServerConfigReader(values, known, accounts).read();
  }

  /** What is said, or what the file implies. */
  static Profile profile(ConfigValues values) {
    return values
        .text("backbeat.profile")
        .map(text -> Profile.valueOf(text.toUpperCase(Locale.ROOT)))
        .orElse(values.isSaid("kafka") ? Profile.CLUSTER : Profile.EMBEDDED);
  }

  /** The address the REST API listens on. */
  static String apiHost(ConfigValues values) {
    return values
        .text("backbeat.api.host")
        .orElse(values.tree().file().isPresent() ? EVERY_INTERFACE : LOOPBACK);
  }

  static String probeHost(ConfigValues values) {
    return first(values, PROBE_HOSTS).orElse(LOOPBACK);
  }

  static int probePort(ConfigValues values) {
    return first(values, PROBE_PORTS).map(text -> Integer.valueOf(text.strip())).orElse(PROBE_PORT);
  }

  private ServerConfig read() {
    Profile profile = profile(values);
    Set<ServerRole> roles = roles();
    ReplicationConfig replication = replication();
    Optional<ClusterConfig> cluster =
        profile == Profile.CLUSTER
            ? Optional.of(ClusterConfigReader.read(values, roles))
            : Optional.empty();
    return new ServerConfig(
        profile,
        roles,
        cluster,
        profile == Profile.CLUSTER
            ? ObjectServerConfigReader.read(values, accounts, placed(replication))
            : Optional.empty(),
        Path.of(values.requireText("backbeat.dataDir")).toAbsolutePath().normalize(),
        EngineConfigReader.read(values, cluster),
        EngineConfigReader.history(values),
        seconds("backbeat.drainS"),
        api(),
        new ProbeConfig(probeHost(values), probePort(values)),
        replication,
        names(values.texts("backbeat.locations.ingestion")),
        values.isSaid("backbeat.locations.lifecycle")
            ? names(values.texts("backbeat.locations.lifecycle"))
            : known.names(),
        values.isSaid(WORKFLOWS) ? Optional.of(workflows()) : Optional.empty(),
        LogLevel.valueOf(values.requireText("log.logLevel").toUpperCase(Locale.ROOT)));
  }

  private Set<ServerRole> roles() {
    List<String> listed = values.texts(ROLES);
    return listed.isEmpty() ? ServerRole.parse(values.requireText(ROLES)) : ServerRole.of(listed);
  }

  private ApiConfig api() {
    return new ApiConfig(
        apiHost(values),
        values.integer("server.port"),
        values.texts("server.healthChecks.allowFrom"),
        values.integer("backbeat.api.threads"),
        values.number("backbeat.api.bodyLimitBytes"),
        values.requireText("backbeat.api.errorForm").equals("one-key")
            ? ErrorForm.ONE_KEY
            : ErrorForm.THREE_KEY,
        seconds("backbeat.api.headerTimeoutS"),
        seconds("backbeat.api.bodyTimeoutS"),
        seconds("backbeat.api.idleTimeoutS"),
        values.integer("backbeat.api.maxConnections"),
        values.truth("backbeat.api.accessLog"));
  }

  private ReplicationConfig replication() {
    List<LocationTarget> targets = new ArrayList<>();
    for (JsonNode location : values.list(LOCATIONS)) {
      targets.add(target(location));
    }
    Stream<LocationName> sites =
        values.list(BOOTSTRAP_LIST).stream()
            .map(entry -> LocationName.of(entry.path("site").asText()));
    Set<LocationName> locations = new LinkedHashSet<>();
    Stream.concat(sites, targets.stream().map(LocationTarget::name)).forEach(locations::add);
    return new ReplicationConfig(
        List.copyOf(locations),
        targets,
        values.isSaid(SOURCE) ? Optional.of(source()) : Optional.empty(),
        known.transients(),
        known.cold());
  }

  private static Set<LocationName> placed(ReplicationConfig replication) {
    return replication.targets().stream()
        .map(LocationTarget::name)
        .collect(Collectors.toUnmodifiableSet());
  }

  private WorkflowsConfig workflows() {
    String replication = values.requireText(WORKFLOWS + ".replicationEndpoint");
    String lifecycle = values.text(WORKFLOWS + ".lifecycleEndpoint").orElse(replication);
    S3Credentials credentials =
        new S3Credentials(
            values.requireText(WORKFLOWS + ".accessKey"),
            values.requireText(WORKFLOWS + ".secretKey"));
    return new WorkflowsConfig(
        S3Endpoint.of(URI.create(replication), credentials),
        S3Endpoint.of(URI.create(lifecycle), credentials));
  }

  private SourceConfig source() {
    return new SourceConfig(
        Path.of(values.requireText(SOURCE + ".directory")),
        values.requireText(SOURCE + ".bucket"),
        LocationName.of(values.requireText(SOURCE + ".name")),
        seconds(SOURCE + ".scanIntervalS"));
  }

  private static LocationTarget target(JsonNode location) {
    LocationName name = LocationName.of(location.path("name").asText());
    if (location.has("directory")) {
      return new LocationTarget.Directory(name, Path.of(location.path("directory").asText()));
    }
    S3Options options = S3Options.parse(location.path("s3").asText());
    if (!location.has("accessKey")) {
      return new LocationTarget.Bucket(name, options);
    }
    return new LocationTarget.Bucket(
        name,
        options.withCredentials(
            new S3Credentials(
                location.path("accessKey").asText(), location.path("secretKey").asText())));
  }

  private Duration seconds(String path) {
    return values.seconds(path);
  }

  private static List<LocationName> names(List<String> texts) {
    return texts.stream().map(LocationName::of).distinct().toList();
  }

  private static Optional<String> first(ConfigValues values, String... paths) {
    return Stream.of(paths).flatMap(path -> values.text(path).stream()).findFirst();
  }
}
