package io.backbeat.s3;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads {@code s3://} addresses. Pure. */
final class S3Uri {
  private static final String SCHEME = "s3://";
  private static final String ENDPOINT = "endpoint";
  private static final String REGION = "region";
  private static final String PATH_STYLE = "pathStyle";
  private static final Set<String> PARAMETERS = Set.of(ENDPOINT, REGION, PATH_STYLE);
  private static final String REGION_OF_ENDPOINTS = "us-east-1";

  private static final String ENDPOINT_FORM = "; it must be like http://host:port or https://host";

  private S3Uri() {}

  static S3Options parse(String uri) {
    if (!uri.startsWith(SCHEME)) {
      throw wrong(uri, "must begin with " + SCHEME);
    }
    int question = uri.indexOf('?');
    String place = uri.substring(SCHEME.length(), question < 0 ? uri.length() : question);
    Map<String, String> parameters =
        question < 0 ? Map.of() : parameters(uri, uri.substring(question + 1));
    int slash = place.indexOf('/');
    String bucket = slash < 0 ? place : place.substring(0, slash);
    if (!bucket.matches("[A-Za-z0-9][A-Za-z0-9._-]{1,61}[A-Za-z0-9]")) {
      throw wrong(
          uri,
          "must name a bucket: 3 to 63 letters, digits, '.', '-' or '_', was \"" + bucket + "\"");
    }
    Optional<URI> endpoint =
        Optional.ofNullable(parameters.get(ENDPOINT)).map(text -> endpoint(uri, text));
    Optional<String> region = Optional.ofNullable(parameters.get(REGION));
    return S3Options.of(
        bucket,
        decode(slash < 0 ? "" : place.substring(slash + 1).replace("+", "%2B")),
        endpoint,
        region.isEmpty() && endpoint.isPresent() ? Optional.of(REGION_OF_ENDPOINTS) : region,
        pathStyle(uri, parameters.get(PATH_STYLE), endpoint.isPresent()));
  }

  private static Map<String, String> parameters(String uri, String query) {
    Map<String, String> parameters = new LinkedHashMap<>();
    for (String pair : query.split("&", -1)) {
      int equals = pair.indexOf('=');
      String name = equals < 0 ? pair : pair.substring(0, equals);
      if (!PARAMETERS.contains(name)) {
        throw wrong(
            uri, "has the parameter \"" + name + "\"; there are endpoint, region and pathStyle");
      }
      String value = equals < 0 ? "" : decode(pair.substring(equals + 1));
      if (value.isEmpty()) {
        throw wrong(uri, "has no value for " + name);
      }
      if (parameters.put(name, value) != null) {
        throw wrong(uri, "has " + name + " twice");
      }
    }
    return parameters;
  }

  private static URI endpoint(String uri, String text) {
    try {
      URI endpoint = new URI(text);
      boolean http = "http".equals(endpoint.getScheme()) || "https".equals(endpoint.getScheme());
      if (http && endpoint.getHost() != null) {
        return endpoint;
      }
      throw wrong(uri, "has the endpoint " + text + ENDPOINT_FORM);
    } catch (URISyntaxException e) {
      throw wrong(uri, "has the endpoint " + text + ENDPOINT_FORM);
    }
  }

  private static boolean pathStyle(
      String uri, @org.jspecify.annotations.Nullable String text, boolean otherwise) {
    if (text == null) {
      return otherwise;
    }
    if (text.equals("true") || text.equals("false")) {
      return text.equals("true");
    }
    throw wrong(uri, "has pathStyle " + text + "; it must be true or false");
  }

  private static String decode(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }

  private static IllegalArgumentException wrong(String uri, String what) {
    return new IllegalArgumentException("location \"" + uri + "\" " + what);
  }
}
