package io.backbeat.cloudserver;

/**
 * A part of an upload that the cloud has.
 *
 * @param number from 1
 * @param etag as the server said it
 * @param subParts how many blocks it was cut into (Azure); 0 if not said
 * @param size in bytes
 */
public record UploadedPart(int number, String etag, int subParts, long size) {}
