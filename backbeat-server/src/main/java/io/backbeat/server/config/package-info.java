/** The configuration of the bundled server: read, checked as a whole, and typed. */
@NullMarked
package io.backbeat.server.config;

import org.jspecify.annotations.NullMarked;
