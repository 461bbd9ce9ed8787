/** An engine between two S3 endpoints. */
@NullMarked
package io.backbeat.examples.s3;

import org.jspecify.annotations.NullMarked;
