package io.backbeat.client;

import io.backbeat.api.BackbeatException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * Where and how calls are sent.
 *
 * @param base the prefix of the API, with its slash
 */
record Wire(HttpClient http, URI base, ClientOptions options, Timing timing) {
  /** What {@link HttpRequest} does not let others set. */
  private static final Set<String> RESERVED =
      Set.of("host", "content-length", "connection", "expect", "upgrade");

  /** Sends a call; what is wrong with the call itself ends the future as well. */
  <T> CompletableFuture<T> send(Supplier<Call<T>> call) {
    try {
      return Transfer.begin(this, call.get());
    } catch (BackbeatException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  URI uri(Call<?> call) {
    return URI.create(base.toString() + call.route());
  }

  HttpRequest request(Call<?> call, String requestId) {
    URI uri = uri(call);
    HttpRequest.Builder request = HttpRequest.newBuilder(uri).method(call.method(), body(call));
    if (uri.getScheme().equalsIgnoreCase("http")) {
      // Otherwise the JDK offers to change to HTTP/2, which not every server and proxy survives.
      request.version(HttpClient.Version.HTTP_1_1);
    }
    headers(call, uri, requestId).forEach(request::setHeader);
    return request.build();
  }

  private Map<String, String> headers(Call<?> call, URI uri, String requestId) {
    Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    headers.put("Accept", "application/json, text/plain");
    headers.put("User-Agent", options.userAgent());
    headers.put(RequestIds.HEADER, requestId);
    if (call.body().length > 0) {
      headers.put("Content-Type", "application/json");
    }
    options
        .signer()
        .map(signer -> signer.sign(call.method(), uri, Map.copyOf(headers), call.body().clone()))
        .ifPresent(headers::putAll);
    headers.keySet().removeIf(name -> RESERVED.contains(name.toLowerCase(Locale.ROOT)));
    return headers;
  }

  private static BodyPublisher body(Call<?> call) {
    return call.body().length == 0
        ? BodyPublishers.noBody()
        : BodyPublishers.ofByteArray(call.body());
  }
}
