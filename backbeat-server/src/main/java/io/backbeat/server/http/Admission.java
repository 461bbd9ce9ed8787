package io.backbeat.server.http;

import io.backbeat.api.ApiPaths;
import io.backbeat.api.ServiceName;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Whether the body of a request is worth waiting for, as far as the request line and the client
 * tell. If not, the request is answered at once, with whatever is wrong with it.
 *
 * @param allowList who may ask at all
 */
record Admission(AllowList allowList) {
  private static final Set<String> FIRST_SEGMENTS =
      Stream.concat(
              Arrays.stream(ServiceName.values()).map(ServiceName::wireName),
              Stream.of(
                      ApiPaths.METRICS,
                      ApiPaths.HEALTHCHECK,
                      ApiPaths.HEALTH,
                      ApiPaths.OBJECTS,
                      ApiPaths.OPENAPI,
                      ApiPaths.MONITORING,
                      ApiPaths.WORKFLOWS)
                  .map(path -> path.split("/", 2)[0]))
          .collect(Collectors.toUnmodifiableSet());

  /**
   * Decides.
   *
   * @param peer the address of the client
   * @param method the verb
   * @param target the target as it was sent
   */
  boolean wantsBody(String peer, String method, String target) {
    return EntryFilter.METHODS.contains(method)
        && target.startsWith(ApiPaths.INTERNAL_PREFIX)
        && mayBeRoute(target.replace('\\', '/'))
        && allowList.allows(peer);
  }

  private static boolean mayBeRoute(String target) {
    String prefix =
        target.startsWith(ApiPaths.PUBLIC_PREFIX)
            ? ApiPaths.PUBLIC_PREFIX
            : ApiPaths.INTERNAL_PREFIX;
    String first = target.substring(prefix.length()).split("[/?#]", 2)[0];
    // An encoded name may be one of ours; the router will tell.
    return FIRST_SEGMENTS.contains(first) || first.indexOf('%') >= 0;
  }
}
