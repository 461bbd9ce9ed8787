package io.backbeat.server.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SecretsTest {
  @ParameterizedTest
  @CsvSource({
    "redis.password, hunter2, ***",
    "redis.sentinelPassword, hunter2, ***",
    "a[0].secretKey, hunter2, ***",
    "x.client_secret, hunter2, ***",
    "x.sessionToken, hunter2, ***",
    "redis.password, '', ''",
    "kafka.hosts, 'a:9092,b:9092', 'a:9092,b:9092'",
    "x.url, https://joe:hunter2@host/p, https://joe:***@host/p",
    "x.hosts, 'joe:hunter2@a:1,b:2', 'joe:***@a:1,b:2'",
    "x.s3, s3://b/p?endpoint=http://joe:hunter2@h:1, s3://b/p?endpoint=http://joe:***@h:1",
    "x.sas, https://acc/c?sv=1&sig=abc, https://acc/c?sv=1&sig=***",
    "certFilePaths.key, /etc/key.pem, /etc/key.pem",
    "x.accessKey, AKIA1, AKIA1"
  })
  void secrets_are_masked_and_nothing_else(String path, String value, String shown) {
    assertThat(Secrets.mask(path, value)).isEqualTo(shown);
  }
}
