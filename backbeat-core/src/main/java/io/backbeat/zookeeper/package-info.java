/**
 * Location states, log positions, workflows and leadership on ZooKeeper, on the nodes of the
 * original. Needs {@code org.apache.curator:curator-recipes} and {@code
 * org.apache.zookeeper:zookeeper}; on a module path also {@code --add-reads
 * io.backbeat.core=ALL-UNNAMED}, because ZooKeeper is two jars that share packages, of which one
 * must stay on the class path.
 */
@NullMarked
package io.backbeat.zookeeper;

import org.jspecify.annotations.NullMarked;
