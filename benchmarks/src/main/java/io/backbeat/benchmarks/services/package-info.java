/** The services of the cluster profile on one machine, for developers. Nothing for production. */
@NullMarked
package io.backbeat.benchmarks.services;

import org.jspecify.annotations.NullMarked;
