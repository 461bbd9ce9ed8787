/**
 * A test double of CloudServer, of the clouds behind it, and of Vault and STS. It is not
 * CloudServer: it was written from what is known of the real one's routes and from documents that
 * the real one wrote, so that tests and benchmarks of replication can do without it. Each rule
 * names the chapter of that knowledge from which it is, such as "routes used, data and metadata".
 *
 * <p>In a test:
 *
 * <pre>{@code
 * try (CloudServerStandIn server = CloudServerStandIn.start();
 *     S3Client s3 = S3Clients.of(server.uri(), Account.USER)) {
 *   S3Clients.replicatedBucket(s3, "photos", "aws-backend-1,azure-backend-1");
 *   s3.putObject(b -> b.bucket("photos").key("k"), RequestBody.fromString("x"));
 *   // Internal routes are signed with the keys of Account.REPLICATION.
 *   server.faults().inject(Fault.locationDown("azure-backend-1").times(3));
 *   ...
 *   assertThat(server.cloud("aws-backend-1").object("photos", "k")).isPresent();
 *   assertThat(server.cloud("azure-backend-1").openUploads()).isEmpty();
 *   assertThat(server.orphans()).isEmpty();
 *   assertThat(server.requests().count(Route.PUT_METADATA)).isEqualTo(1);
 * }
 * }</pre>
 *
 * <p>Metadata is in memory, or with {@code builder().mongo(uri, database)} in documents of MongoDB,
 * where a change stream sees it; {@code builder().feed(journal)} tells a journal what clients write
 * when there is no MongoDB. Two of them are a source and a destination CloudServer; the location of
 * the destination is of the type {@code SCALITY} at the source. As a process of its own, with the
 * same faults and looks from outside: {@link io.backbeat.testing.cloudserver.StandInProcess}.
 *
 * <p>What it does otherwise than the real one: uploads in progress are not in documents; a master
 * that lost its version is repaired at once; old data is deleted before the answer, not after;
 * signatures of chunks are not verified; ACLs and policies are not looked at, but for the right to
 * replicate; nothing is encrypted, though encrypted buckets say so.
 */
@NullMarked
package io.backbeat.testing.cloudserver;

import org.jspecify.annotations.NullMarked;
