/**
 * Location states, log positions, workflows and leadership on ZooKeeper, on the nodes of the
 * original. Needs {@code org.apache.curator:curator-recipes} and {@code
 * org.apache.zookeeper:zookeeper}.
 */
@NullMarked
package io.backbeat.zookeeper;

import org.jspecify.annotations.NullMarked;
