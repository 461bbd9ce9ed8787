package io.backbeat.cloudserver.http;

import java.util.List;
import java.util.Map;

/**
 * A request as it will be sent, but for its signature.
 *
 * @param tls whether it goes over HTTPS
 * @param path percent-encoded
 * @param headers none of those that HTTP itself sets
 * @param body what of the body is signed
 */
record Unsigned(
    String method,
    boolean tls,
    HostAddress host,
    String path,
    List<Parameter> query,
    Map<String, String> headers,
    Body body) {}
