package io.backbeat.server.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** More failures than a page has. */
class ManyFailuresTest {
  private OperatorSite site;

  @BeforeEach
  void start() {
    site =
        new OperatorSite(
            IntStream.range(0, 250).mapToObj(i -> OperatorSite.object("f" + i)).toList());
  }

  @AfterEach
  void stop() {
    site.close();
  }

  @Test
  void list_ends_at_a_hundred_and_says_so_unless_all_are_wanted() {
    assertThat(site.run("failed").out().lines()).hasSize(101);
    assertThat(site.run("failed").err()).contains("100 shown, there are more", "--all");
    assertThat(site.run("failed", "--all").out().lines()).hasSize(251);
    assertThat(site.run("failed", "--all").err()).isEmpty();
    assertThat(site.run("failed", "--limit", "150", "--json").out().lines().distinct())
        .hasSize(150);
  }

  @Test
  void all_are_retried_page_by_page() {
    site.freeze(OperatorSite.TOKYO);

    Outcome outcome = site.run("retry", "--all", "--location", "tokyo");

    assertThat(outcome.status()).isZero();
    assertThat(outcome.out()).isEqualTo("250 of 250 queued\n");
    await().until(() -> site.pending("tokyo") == 250);
    assertThat(site.run("retry", "--all").out()).isEqualTo("0 of 0 queued\n");
  }
}
