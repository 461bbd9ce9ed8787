package io.backbeat.cloudserver;

/**
 * What CloudServer says about an object it has written to a cloud.
 *
 * @param versionId the version id the cloud gave; empty if it has none
 * @param location the array {@code location} as JSON text, as it may be put into metadata
 */
public record BackendReceipt(String versionId, String location) {}
