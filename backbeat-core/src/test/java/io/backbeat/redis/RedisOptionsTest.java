package io.backbeat.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RedisOptionsTest {
  @Test
  void addresses_are_read_as_sentinels_are_configured() {
    assertThat(RedisAddress.parseList("a:1, b.example:26379,[::1]:3"))
        .containsExactly(
            new RedisAddress("a", 1),
            new RedisAddress("b.example", 26379),
            new RedisAddress("::1", 3));
    for (String wrong : List.of("", "a", "a:", ":1", "a:1,", "a:0", "a:65536", "a:x")) {
      assertThatThrownBy(() -> RedisAddress.parseList(wrong))
          .as(wrong)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("host:port");
    }
  }

  @Test
  void passwords_do_not_show() {
    RedisEndpoint sentinels =
        new RedisEndpoint.Sentinels(
            RedisAddress.parseList("a:1"), "mymaster", Optional.of("geheim"));
    RedisOptions options =
        RedisOptions.of(sentinels).withCredentials(Optional.of("u"), Optional.of("geheim"));

    assertThat(options.toString()).contains("mymaster", "a:1").doesNotContain("geheim");
    assertThat(sentinels.toString()).doesNotContain("geheim");
  }

  @Test
  void cluster_has_one_database() {
    RedisEndpoint cluster = new RedisEndpoint.Cluster(RedisAddress.parseList("a:1,b:2"));

    assertThat(RedisOptions.of(cluster).database()).isZero();
    assertThatThrownBy(() -> RedisOptions.of(cluster).withDatabase(1))
        .hasMessageContaining("0 in a cluster");
  }
}
