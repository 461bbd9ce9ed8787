package io.backbeat.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BackbeatCommandTest {
  @TempDir Path temp;

  @Test
  void version_names_the_program_and_what_it_runs_on() {
    Outcome outcome = Outcome.of("--version");

    assertThat(outcome.status()).isZero();
    assertThat(outcome.out())
        .startsWith("backbeat ")
        .contains("Java " + System.getProperty("java.version"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"--help", "help", "help demo", "demo --help", "demo --version"})
  void help_is_everywhere_and_no_error(String line) {
    Outcome outcome = Outcome.of(line.split(" "));

    assertThat(outcome.status()).isZero();
    assertThat(outcome.out()).isNotEmpty();
    assertThat(outcome.err()).isEmpty();
  }

  @Test
  void help_of_the_demo_documents_every_exit_status() {
    assertThat(Outcome.of("demo", "--help").out())
        .contains("Exit status:", "\n  0 ", "\n  1 ", "\n  2 ", "\n  3 ", "\n  130 ");
  }

  @Test
  void no_command_is_a_usage_error_that_says_so() {
    Outcome outcome = Outcome.of();

    assertThat(outcome.status()).isEqualTo(2);
    assertThat(outcome.err()).contains("a command is missing").contains("backbeat --help");
  }

  @Test
  void an_unknown_option_is_named_and_the_nearest_is_suggested() {
    Outcome outcome = Outcome.of("demo", "--exti");

    assertThat(outcome.status()).isEqualTo(2);
    assertThat(outcome.err())
        .contains("'--exti'")
        .contains("--exit")
        .contains("backbeat demo --help");
    assertThat(outcome.out()).isEmpty();
  }

  @Test
  void an_unknown_command_is_named_and_the_nearest_is_suggested() {
    Outcome outcome = Outcome.of("dmo");

    assertThat(outcome.status()).isEqualTo(2);
    assertThat(outcome.err()).contains("'dmo'").contains("demo");
  }

  @ParameterizedTest
  @CsvSource({
    "paris, paris",
    "=dir, =dir",
    "paris=, paris=",
    "pa/ris=dir, pa/ris",
    "paris=ftp://host/dir, ftp://host/dir",
    "paris=s3://, s3://",
    "paris=s3://bucket?colour=red, colour"
  })
  void a_location_that_cannot_be_read_is_quoted(String to, String quoted) {
    Outcome outcome = Outcome.of("demo", "--exit", "--to", to);

    assertThat(outcome.status()).isEqualTo(2);
    assertThat(outcome.err()).contains("--to").contains("\"" + quoted);
  }

  @Test
  void a_port_out_of_range_is_a_usage_error() {
    assertThat(Outcome.of("demo", "--port", "65536").err()).contains("65536");
    assertThat(Outcome.of("demo", "--port", "65536").status()).isEqualTo(2);
    assertThat(Outcome.of("demo", "--port", "http").status()).isEqualTo(2);
  }

  @Test
  void a_location_named_twice_is_a_usage_error() {
    Outcome outcome =
        demo("--to", "paris=" + temp.resolve("a"), "--to", "paris=" + temp.resolve("b"));

    assertThat(outcome.status()).isEqualTo(2);
    assertThat(outcome.err()).contains("paris twice");
  }

  @Test
  void an_unknown_location_to_break_is_named_with_those_there_are() {
    Outcome outcome = demo("--to", "paris=" + temp.resolve("p"), "--break", "rome");

    assertThat(outcome.status()).isEqualTo(2);
    assertThat(outcome.err()).contains("--break").contains("rome").contains("paris");
  }

  @Test
  void pause_and_exit_contradict_each_other() {
    Outcome outcome = demo("--to", "paris=" + temp.resolve("p"), "--pause", "paris");

    assertThat(outcome.status()).isEqualTo(2);
    assertThat(outcome.err()).contains("--pause").contains("--exit");
  }

  @Test
  void a_source_that_is_missing_or_no_directory_is_named() throws Exception {
    Path file = Files.writeString(temp.resolve("file"), "x");

    Outcome missing = Outcome.of("demo", "--exit", "--source", temp.resolve("none").toString());
    Outcome noDirectory = Outcome.of("demo", "--exit", "--source", file.toString());

    assertThat(missing.status()).isEqualTo(3);
    assertThat(missing.err()).contains(temp.resolve("none").toString()).contains("does not exist");
    assertThat(noDirectory.status()).isEqualTo(3);
    assertThat(noDirectory.err()).contains(file.toString()).contains("not a directory");
  }

  @Test
  void a_destination_that_is_or_contains_the_source_is_refused() throws Exception {
    Path link = Files.createSymbolicLink(temp.resolve("link"), temp);

    for (Path place : new Path[] {temp, temp.getParent(), link}) {
      Outcome outcome = demo("--to", "paris=" + place);
      assertThat(outcome.status()).as(place.toString()).isEqualTo(3);
      assertThat(outcome.err()).contains("paris").contains("must not be or contain the source");
    }
  }

  @Test
  void destinations_in_each_other_are_refused() {
    Outcome outcome =
        demo("--to", "paris=" + temp.resolve("a"), "--to", "tokyo=" + temp.resolve("a/b"));

    assertThat(outcome.status()).isEqualTo(3);
    assertThat(outcome.err()).contains("paris").contains("tokyo").contains("different places");
  }

  @Test
  void a_data_directory_in_a_destination_is_refused() {
    Outcome outcome =
        demo("--to", "paris=" + temp.resolve("a"), "--data-dir", temp.resolve("a/data").toString());

    assertThat(outcome.status()).isEqualTo(3);
    assertThat(outcome.err()).contains("data directory").contains("paris");
  }

  @Test
  void a_destination_under_a_file_cannot_be_made_and_is_named() throws Exception {
    Path file = Files.writeString(temp.resolve("file"), "x");

    Outcome outcome = demo("--to", "paris=" + file.resolve("p"));

    assertThat(outcome.status()).isEqualTo(3);
    assertThat(outcome.err()).contains("paris").contains(file.toString());
  }

  private Outcome demo(String... options) {
    String[] args = new String[options.length + 4];
    System.arraycopy(new String[] {"demo", "--exit", "--source", temp.toString()}, 0, args, 0, 4);
    System.arraycopy(options, 0, args, 4, options.length);
    return Outcome.of(args);
  }
}
