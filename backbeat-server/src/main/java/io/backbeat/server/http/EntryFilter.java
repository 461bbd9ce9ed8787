package io.backbeat.server.http;

import io.backbeat.api.ApiPaths;
import jakarta.annotation.Priority;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.net.URI;
import java.util.List;
import java.util.Set;

/**
 * Admits the three methods of the API, then makes one route of the two prefixes. HEAD and OPTIONS,
 * which a JAX-RS runtime would answer by itself, are not part of the contract. Requests for other
 * paths are not touched.
 */
@PreMatching
@Priority(300)
final class EntryFilter implements ContainerRequestFilter {
  /** In the order of an {@code Allow} header. */
  static final List<String> METHODS = List.of("GET", "POST", "DELETE");

  private static final Set<String> EXACT =
      Set.of(
          ApiPaths.HEALTHCHECK, ApiPaths.HEALTHCHECK_DEEP, ApiPaths.MONITORING, ApiPaths.WORKFLOWS);
  private static final String PUBLIC = ApiPaths.PUBLIC_PREFIX.substring(1);
  private static final String INTERNAL = ApiPaths.INTERNAL_PREFIX.substring(1);

  @Override
  public void filter(ContainerRequestContext request) {
    if (!RoutePath.isOurs(request.getUriInfo())) {
      return;
    }
    if (!METHODS.contains(request.getMethod())) {
      throw RequestError.methodNotAllowed();
    }
    // Bodies are JSON whatever they claim to be, and so are answers whatever is asked for.
    request.getHeaders().putSingle(HttpHeaders.ACCEPT, MediaType.WILDCARD);
    request.getHeaders().putSingle(HttpHeaders.CONTENT_TYPE, MediaType.APPLICATION_JSON);
    String path = RoutePath.relative(request.getUriInfo());
    checkExact(request);
    checkText(request.getUriInfo(), path);
    String route = route(path);
    if (!route.equals(path)) {
      request.setRequestUri(withPath(request.getUriInfo(), route));
    }
  }

  /** Some routes are compared with the target as it was sent, and nothing may follow them. */
  private static void checkExact(ContainerRequestContext request) {
    String rest = rest(request);
    String path = rest.split("[?#]", 2)[0].replaceAll("/+$", "");
    if (EXACT.contains(path) && !rest.equals(path)) {
      throw RequestError.notFound("path " + rest + " does not exist");
    }
  }

  private static void checkText(UriInfo uri, String path) {
    if (!RequestTarget.isUtf8(path)) {
      throw RequestError.noSuchPath("the path is not UTF-8");
    }
    String query = uri.getRequestUri().getRawQuery();
    if (query != null && !RequestTarget.isUtf8(query)) {
      throw RequestError.query("the query must be UTF-8");
    }
  }

  private static String rest(ContainerRequestContext request) {
    if (request.getProperty(RequestCodec.TARGET) instanceof String target) {
      String prefix =
          target.startsWith(ApiPaths.PUBLIC_PREFIX)
              ? ApiPaths.PUBLIC_PREFIX
              : ApiPaths.INTERNAL_PREFIX;
      return target.substring(Math.min(prefix.length(), target.length()));
    }
    String rest = RoutePath.of(request.getUriInfo());
    String external = PUBLIC.substring(INTERNAL.length());
    return rest.startsWith(external) ? rest.substring(external.length()) : rest;
  }

  /**
   * Under the internal prefix, and with semicolons as part of names, not of JAX-RS's making. They
   * are encoded in lower case, by which {@link RoutePath} knows them.
   */
  private static String route(String path) {
    String route = path.startsWith(PUBLIC) ? INTERNAL + path.substring(PUBLIC.length()) : path;
    return route.replace("%3b", "%3B").replace(";", RoutePath.SEMICOLON);
  }

  private static URI withPath(UriInfo uri, String path) {
    String query = uri.getRequestUri().getRawQuery();
    return URI.create(uri.getBaseUri() + path + (query == null ? "" : '?' + query));
  }
}
