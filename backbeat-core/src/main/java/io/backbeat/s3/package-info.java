/**
 * Buckets of any S3 endpoint as places that hold objects. Needs {@code software.amazon.awssdk:s3}
 * and {@code :url-connection-client}.
 */
@NullMarked
package io.backbeat.s3;

import org.jspecify.annotations.NullMarked;
