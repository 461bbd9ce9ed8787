/**
 * {@link io.backbeat.cloudserver.CloudServer} over HTTP: requests, signatures, credentials.
 *
 * <p>Needs {@code software.amazon.awssdk:http-auth-aws} for signatures of version 4, which comes
 * with {@code :s3} and with {@code :sts}; the latter, with {@code :url-connection-client}, only for
 * {@link io.backbeat.cloudserver.http.StsRoles}.
 */
@NullMarked
package io.backbeat.cloudserver.http;

import org.jspecify.annotations.NullMarked;
