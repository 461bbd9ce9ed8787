/**
 * CloudServer as the source and the destination of replication: its internal routes, signed, and
 * the handlers and stores on them. Needs {@code software.amazon.awssdk:http-auth-aws}, which comes
 * with {@code software.amazon.awssdk:s3}, and {@code :sts} for the credentials of assumed roles.
 */
@NullMarked
package io.backbeat.cloudserver;

import org.jspecify.annotations.NullMarked;
