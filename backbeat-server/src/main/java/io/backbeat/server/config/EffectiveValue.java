package io.backbeat.server.config;

/**
 * A value that applies, as it may be shown.
 *
 * @param path the key
 * @param value as JSON; secrets are masked
 * @param origin where it comes from
 */
public record EffectiveValue(String path, String value, Origin origin) {}
