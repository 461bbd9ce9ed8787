/**
 * {@code backbeat demo}: the files of a directory are the objects of a bucket, and an engine
 * replicates them to locations.
 */
@NullMarked
package io.backbeat.server.demo;

import org.jspecify.annotations.NullMarked;
