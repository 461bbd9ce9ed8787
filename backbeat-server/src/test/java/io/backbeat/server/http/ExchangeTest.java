package io.backbeat.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ExchangeTest {
  private final AtomicLong buffered = new AtomicLong();
  private final Exchange exchange = new Exchange(HttpLimits.DEFAULT, buffered, 0);

  @Test
  void part_of_a_body_counts_until_it_is_taken() {
    assertThat(exchange.append(new byte[3])).isEqualTo(3);
    assertThat(buffered).hasValue(3);

    exchange.takeBody();

    assertThat(buffered).hasValue(0);
  }

  @Test
  void part_that_comes_after_the_connection_closed_is_not_counted() {
    exchange.append(new byte[3]);
    exchange.closed();

    assertThat(exchange.append(new byte[5])).isZero();
    assertThat(buffered).hasValue(0);
  }

  @Test
  void part_that_comes_after_the_refusal_is_not_counted() {
    exchange.append(new byte[3]);
    exchange.linger(1);

    assertThat(exchange.append(new byte[5])).isZero();
    assertThat(buffered).hasValue(0);
  }

  @Test
  void closed_exchange_stays_closed() {
    exchange.closed();

    assertThat(exchange.received(1)).isFalse();
    assertThat(exchange.serve(1)).isFalse();
    assertThat(exchange.linger(1)).isFalse();
    assertThat(exchange.at(Long.MAX_VALUE)).isEqualTo(Exchange.Verdict.STAY);
  }

  @Test
  void refused_exchange_is_not_closed_before_its_answer_is_written() {
    exchange.linger(1);
    assertThat(exchange.lingering()).isFalse();

    exchange.lastAnswerWritten();

    assertThat(exchange.lingering()).isTrue();
  }
}
