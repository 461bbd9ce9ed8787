package io.backbeat.server.config;

import java.util.Locale;
import java.util.regex.Pattern;

/** Keeps secrets out of what is printed. */
final class Secrets {
  static final String MASK = "***";

  /** Credentials in a URL, or in a list of hosts: {@code user:password@host}. */
  private static final Pattern USER_INFO = Pattern.compile("([^\\s/,:@\"]*):([^\\s/,@\"]+)@");

  private static final Pattern SECRET_PARAMETER =
      Pattern.compile(
          "(?i)([?&][^=&]*(?:password|secret|token|signature|sig|credential)[^=&]*=)[^&\\s\"]+");

  private static final Pattern SECRET_NAME =
      Pattern.compile(".*(password|passwd|passphrase|secret|token|privatekey|apikey|credential).*");

  /** Properties of Kafka's clients that hold secrets under names that do not say so. */
  private static final Pattern SECRET_PROPERTY =
      Pattern.compile("backbeat\\.kafka\\.properties\\..*(jaas\\.config|keystore\\.key)");

  private Secrets() {}

  /** Whether the value of a key must not be shown. */
  static boolean isSecret(String path) {
    String name = path.substring(path.lastIndexOf('.') + 1).replaceAll("\\[\\d*]", "");
    return SECRET_NAME.matcher(name.toLowerCase(Locale.ROOT).replace("_", "")).matches()
        || SECRET_PROPERTY.matcher(path).matches();
  }

  /** The value of a key as it may be shown. */
  static String mask(String path, String value) {
    if (isSecret(path) && !value.isEmpty()) {
      return MASK;
    }
    return maskUrls(value);
  }

  /** The text without the passwords of URLs in it. */
  static String maskUrls(String text) {
    String masked = USER_INFO.matcher(text).replaceAll("$1:" + MASK + "@");
    return SECRET_PARAMETER.matcher(masked).replaceAll("$1" + MASK);
  }
}
