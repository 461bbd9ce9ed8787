/**
 * The REST carrier of {@link io.backbeat.api.Backbeat}: one resource per facet, one place for the
 * body of each noun, and the rules that every request passes first.
 *
 * <p>In the bundled server a request passes {@link io.backbeat.server.http.HttpListener}'s filters
 * first: {@code ConnectionFilter} watches size and time, {@code RequestCodec} makes HTTP of bytes,
 * {@code WholeBodyFilter} waits for the body without a thread, {@code FrontHandler} hands it over.
 *
 * <p>A request passes, in this order: request id, address allow list, method, prefix, route, query,
 * body. {@link io.backbeat.server.http.BackbeatFeature} is all another application needs to serve
 * the same routes.
 */
@NullMarked
package io.backbeat.server.http;

import org.jspecify.annotations.NullMarked;
