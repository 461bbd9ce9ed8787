/**
 * Brings object versions to the clouds that CloudServer writes to on our behalf: replication to
 * multiple backends, and copies for lifecycle transitions. Plans are pure; transfers have the
 * effects; errors become outcomes in one place, {@link io.backbeat.cloudserver.CloudServerFailure}.
 */
@NullMarked
package io.backbeat.cloudserver.backends;

import org.jspecify.annotations.NullMarked;
