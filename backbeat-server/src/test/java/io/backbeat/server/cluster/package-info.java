/** The cluster profile on real services; MongoDB by its stand-in. */
package io.backbeat.server.cluster;
