package io.backbeat.server.demo;

import io.backbeat.api.LocationName;

/**
 * How far a location is.
 *
 * @param location which
 * @param objects how many it is to have
 * @param finished how many are COMPLETED or FAILED
 * @param failed how many of those are FAILED
 * @param bytes copied there by this run
 */
record LocationProgress(
    LocationName location, long objects, long finished, long failed, long bytes) {}
