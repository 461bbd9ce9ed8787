/** The CloudServers of a configuration, and what is done by them. */
@NullMarked
package io.backbeat.server.cloudserver;

import org.jspecify.annotations.NullMarked;
