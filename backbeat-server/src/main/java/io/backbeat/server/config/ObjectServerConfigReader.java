package io.backbeat.server.config;

import com.fasterxml.jackson.databind.JsonNode;
import io.backbeat.api.LocationName;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.StreamSupport;

/** Makes the configuration of the object server of a tree in which no error was found. Pure. */
final class ObjectServerConfigReader {
  static final String SOURCE = "extensions.replication.source.";
  static final String DESTINATION = "extensions.replication.destination.";
  static final String OWN = "backbeat.cloudserver.";
  static final String OWN_DESTINATION = OWN + "destination.";
  static final String GC = "extensions.gc.";
  private static final String QUEUE_PROCESSOR = "extensions.replication.queueProcessor.";
  private static final Set<String> CLOUDS = Set.of("aws_s3", "azure", "gcp");
  private static final String SERVICE = "service-";
  private static final int HTTP_PORT = 80;
  private static final long MEGABYTE = 1_000_000;

  private final ConfigValues values;
  private final Optional<Path> accounts;

  private ObjectServerConfigReader(ConfigValues values, Optional<Path> accounts) {
    this.values = values;
    this.accounts = accounts;
  }

  /**
   * Reads it.
   *
   * @param accounts the file {@code authdata.json}, if there is one
   * @param placed locations with a place of our own
   * @return empty if no object server is said, or not by whose keys it can be spoken to
   */
  static Optional<ObjectServerConfig> read(
      ConfigValues values, Optional<Path> accounts, Set<LocationName> placed) {
    return new ObjectServerConfigReader(values, accounts).read(placed);
  }

  private Optional<ObjectServerConfig> read(Set<LocationName> placed) {
    if (!values.isSaid(SOURCE + "s3.host")) {
      return Optional.empty();
    }
    return auth(SOURCE, keys(OWN)).map(sourceAuth -> read(sourceAuth, sites(placed)));
  }

  private ObjectServerConfig read(ServerAuth sourceAuth, Map<LocationName, SiteTarget> sites) {
    return new ObjectServerConfig(
        source(),
        sourceAuth,
        values.requireText(DESTINATION + "transport").equals("https"),
        auth(DESTINATION, keys(OWN_DESTINATION).or(() -> keys(OWN))),
        auth(GC, keys(OWN)).orElse(sourceAuth),
        sites,
        values.requireText(OWN + "signature").equals("v2"),
        new ObjectServerConfig.Uploads(
            values.number(QUEUE_PROCESSOR + "minMPUSizeMB") * MEGABYTE,
            values.integer(QUEUE_PROCESSOR + "mpuPartsConcurrency")),
        statuses(sites, sourceAuth),
        Duration.ofMillis(values.number(OWN + "coalesceMs")));
  }

  private URI source() {
    String host = values.requireText(SOURCE + "s3.host");
    return URI.create(
        values.requireText(SOURCE + "transport")
            + "://"
            + new ServerAddress(
                host, values.text(SOURCE + "s3.port").map(Integer::valueOf).orElse(HTTP_PORT)));
  }

  /**
   * CloudServer, if it takes part in a replication anyway, and there is an account to ask it with:
   * a status belongs to no role.
   */
  private ObjectServerConfig.StatusWriter statuses(
      Map<LocationName, SiteTarget> sites, ServerAuth auth) {
    boolean hasAccount =
        auth instanceof ServerAuth.Keys
            || auth instanceof ServerAuth.Account
            || (auth instanceof ServerAuth.Role role && role.keys().isPresent());
    return values
        .text(OWN + "statuses")
        .map(text -> ObjectServerConfig.StatusWriter.valueOf(text.toUpperCase(Locale.ROOT)))
        .orElse(
            sites.isEmpty() || !hasAccount
                ? ObjectServerConfig.StatusWriter.MONGODB
                : ObjectServerConfig.StatusWriter.CLOUDSERVER);
  }

  private Map<LocationName, SiteTarget> sites(Set<LocationName> placed) {
    Map<LocationName, SiteTarget> sites = new LinkedHashMap<>();
    for (JsonNode site : values.list(ServerConfigReader.BOOTSTRAP_LIST)) {
      LocationName name = LocationName.of(site.path("site").asText());
      if (!placed.contains(name)) {
        target(site).ifPresent(target -> sites.put(name, target));
      }
    }
    return sites;
  }

  private static Optional<SiteTarget> target(JsonNode site) {
    if (CLOUDS.contains(site.path("type").asText())) {
      return Optional.of(new SiteTarget.Cloud(site.path("type").asText()));
    }
    List<ServerAddress> servers =
        StreamSupport.stream(site.path("servers").spliterator(), false)
            .flatMap(server -> ServerList.parse(server, HTTP_PORT).stream())
            .toList();
    return servers.isEmpty() ? Optional.empty() : Optional.of(new SiteTarget.Servers(servers));
  }

  /**
   * By whose keys.
   *
   * @param own a key pair of our own section, which wins over whatever else is said
   */
  private Optional<ServerAuth> auth(String section, Optional<ServerAuth.Keys> own) {
    String auth = section + "auth.";
    String type = values.text(auth + "type").orElse("");
    return switch (type) {
      case "role" ->
          Optional.of(
              new ServerAuth.Role(address(auth + "vault."), own.or(() -> keys(auth + "vault."))));
      case "assumeRole" -> assumedRole(auth, own);
      case "account", "service" ->
          own.<ServerAuth>map(keys -> keys).or(() -> account(auth, type.equals("service")));
      default -> own.map(keys -> keys);
    };
  }

  private Optional<ServerAuth> assumedRole(String auth, Optional<ServerAuth.Keys> own) {
    Optional<String> role = values.text(auth + "roleName");
    Optional<ServerAddress> sts = address(auth + "sts.");
    Optional<ServerAuth.Keys> keys = own.or(() -> keys(auth + "sts."));
    return role.isPresent() && sts.isPresent() && keys.isPresent()
        ? Optional.of(
            new ServerAuth.AssumedRole(role.get(), sts.get(), keys.get(), address(auth + "vault.")))
        : Optional.empty();
  }

  private Optional<ServerAuth> account(String auth, boolean service) {
    Optional<String> name = values.text(auth + "account").filter(text -> !text.isEmpty());
    boolean bare = service && name.filter(text -> text.startsWith(SERVICE)).isEmpty();
    return name.isPresent() && accounts.isPresent()
        ? Optional.of(new ServerAuth.Account((bare ? SERVICE : "") + name.get(), accounts.get()))
        : Optional.empty();
  }

  private Optional<ServerAddress> address(String section) {
    return values
        .text(section + "host")
        .filter(host -> !host.isEmpty())
        .map(
            host ->
                new ServerAddress(
                    host, values.text(section + "port").map(Integer::valueOf).orElse(HTTP_PORT)));
  }

  private Optional<ServerAuth.Keys> keys(String section) {
    Optional<String> access = values.text(section + "accessKey").filter(key -> !key.isEmpty());
    return access.map(
        key -> new ServerAuth.Keys(key, new Secret(values.text(section + "secretKey").orElse(""))));
  }
}
