package io.backbeat.cloudserver;

/**
 * Data to be deleted.
 *
 * @param key under which the location has it
 * @param dataStoreName the location
 * @param size in bytes; negative if not known
 * @param dataStoreVersionId empty if the location has no versions
 */
public record DataLocation(
    String key, String dataStoreName, long size, String dataStoreVersionId) {}
