package io.backbeat.server.config;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Writes the connection string of MongoDB, as the original does. Pure. */
final class MongoUri {
  private static final String MONGO = "queuePopulator.mongo.";

  private MongoUri() {}

  static Secret of(ConfigValues values) {
    return new Secret(values.text("backbeat.mongo.uri").orElseGet(() -> fromParts(values)));
  }

  private static String fromParts(ConfigValues values) {
    String user = values.text(MONGO + "authCredentials.username").orElse("");
    String password = values.text(MONGO + "authCredentials.password").orElse("");
    String hosts = values.requireText(MONGO + "replicaSetHosts").strip();
    String credentials = user.isEmpty() ? "" : encoded(user) + (":" + encoded(password)) + "@";
    List<String> options = new ArrayList<>();
    options.add("w=" + encoded(values.requireText(MONGO + "writeConcern")));
    options.add("readPreference=" + encoded(values.requireText(MONGO + "readPreference")));
    if (!values.truth(MONGO + "shardCollections")) {
      String set = values.requireText(MONGO + "replicaSet");
      if (!set.isEmpty()) {
        options.add("replicaSet=" + encoded(set));
      }
    }
    if (values.truth("backbeat.mongo.tls")) {
      options.add("tls=true");
    }
    return "mongodb://"
        + credentials
        + (user.isEmpty() ? hosts : withoutCredentials(hosts))
        + "/?"
        + String.join("&", options);
  }

  private static String withoutCredentials(String hosts) {
    return hosts.substring(hosts.lastIndexOf('@') + 1);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
