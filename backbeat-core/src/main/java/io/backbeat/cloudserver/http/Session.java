package io.backbeat.cloudserver.http;

import java.time.Instant;

/**
 * Credentials that a service has lent.
 *
 * @param credentials with a token, usually
 * @param expiration from then on they are refused
 */
record Session(Credentials credentials, Instant expiration) {}
