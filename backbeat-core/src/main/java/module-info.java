/** The engine of Backbeat: status machine, queues, populator, metrics, ports and their adapters. */
module io.backbeat.core {
  requires transitive io.backbeat.api;
  requires static org.jspecify;
  requires org.slf4j;
  requires com.fasterxml.jackson.core;
  requires com.fasterxml.jackson.databind;
  requires java.sql;
  requires static java.net.http;

  // Optional: whoever uses io.backbeat.s3 adds them.
  requires static software.amazon.awssdk.auth;
  requires static software.amazon.awssdk.awscore;
  requires static software.amazon.awssdk.core;
  requires static software.amazon.awssdk.http;
  requires static software.amazon.awssdk.http.urlconnection;
  requires static software.amazon.awssdk.regions;
  requires static software.amazon.awssdk.services.s3;

  // Optional: whoever uses io.backbeat.cloudserver.http adds them.
  requires static software.amazon.awssdk.http.auth.aws;
  requires static software.amazon.awssdk.http.auth.spi;
  requires static software.amazon.awssdk.identity.spi;
  requires static software.amazon.awssdk.retries;
  requires static software.amazon.awssdk.services.sts;

  // Optional: whoever uses io.backbeat.prometheus adds them.
  requires static io.prometheus.metrics.config;
  requires static io.prometheus.metrics.core;
  requires static io.prometheus.metrics.instrumentation.jvm;
  requires static io.prometheus.metrics.model;
  requires static io.prometheus.writer.text;

  // Optional: whoever uses io.backbeat.micrometer adds it.
  requires static micrometer.core;

  // Optional: whoever uses io.backbeat.kafka adds it.
  requires static kafka.clients;

  // Optional: whoever uses io.backbeat.mongodb adds it.
  requires static org.mongodb.bson;
  requires static org.mongodb.driver.core;
  requires static org.mongodb.driver.sync.client;

  // Optional: whoever uses io.backbeat.redis adds it.
  requires static redis.clients.jedis;

  // Optional: whoever uses io.backbeat.zookeeper adds them.
  requires static curator.client;
  requires static curator.framework;
  requires static curator.recipes;
  requires static zookeeper;

  exports io.backbeat.bulk;
  exports io.backbeat.cloudserver.backends;
  exports io.backbeat.cloudserver.gc;
  exports io.backbeat.cloudserver.http;
  exports io.backbeat.cloudserver.replicas;
  exports io.backbeat.cloudserver;
  exports io.backbeat.embedded;
  exports io.backbeat.engine;
  exports io.backbeat.explanation;
  exports io.backbeat.filesystem;
  exports io.backbeat.gc;
  exports io.backbeat.health;
  exports io.backbeat.job;
  exports io.backbeat.kafka;
  exports io.backbeat.lag;
  exports io.backbeat.location;
  exports io.backbeat.log;
  exports io.backbeat.memory;
  exports io.backbeat.metrics;
  exports io.backbeat.micrometer;
  exports io.backbeat.mongodb;
  exports io.backbeat.monitoring;
  exports io.backbeat.populator;
  exports io.backbeat.processor;
  exports io.backbeat.prometheus;
  exports io.backbeat.queue;
  exports io.backbeat.redis;
  exports io.backbeat.replication;
  exports io.backbeat.s3;
  exports io.backbeat.status;
  exports io.backbeat.store;
  exports io.backbeat.task;
  exports io.backbeat.workflow;
  exports io.backbeat.zookeeper;
}
