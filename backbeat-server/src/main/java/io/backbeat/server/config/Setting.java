package io.backbeat.server.config;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * A value that wins over that of the file.
 *
 * @param path its key
 * @param value the value
 * @param origin where it comes from
 */
record Setting(String path, JsonNode value, Origin origin) {}
