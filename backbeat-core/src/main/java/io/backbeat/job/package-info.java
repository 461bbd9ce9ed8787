/**
 * Jobs, what can happen to them, and the status machine. Pure values; depends on nothing but the
 * published language.
 */
@NullMarked
package io.backbeat.job;

import org.jspecify.annotations.NullMarked;
