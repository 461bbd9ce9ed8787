/** Replication from one CloudServer to others. */
@NullMarked
package io.backbeat.cloudserver.replicas;

import org.jspecify.annotations.NullMarked;
