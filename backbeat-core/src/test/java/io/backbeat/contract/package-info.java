/**
 * What every adapter of a port must do, one abstract test class per port. An adapter extends it,
 * gives it a fresh store per test, and closes that store afterwards.
 */
@NullMarked
package io.backbeat.contract;

import org.jspecify.annotations.NullMarked;
