package io.backbeat.server.demo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.backbeat.embedded.EmbeddedStore;
import io.backbeat.server.cli.BackbeatCommand;
import io.backbeat.server.cli.Outcome;
import io.backbeat.store.Stores;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 120, unit = TimeUnit.SECONDS)
class DemoTest {
  private static final List<String> NASTY =
      List.of(
          "plain",
          "with blank",
          "ünïcødé/日本語 🚀",
          "co:lon",
          "line\nbreak",
          ".hidden/.file",
          "..dots",
          "deep/er/and/deep er",
          "%2F percent",
          "back\\slash",
          "-option",
          "quote\"'");

  @TempDir Path temp;
  private DemoFolder folder;

  @BeforeEach
  void files() throws Exception {
    folder = new DemoFolder(temp);
    for (String name : NASTY) {
      folder.write(name, ("content of " + name).repeat(1 + name.length() * 50).getBytes(UTF_8));
    }
    folder.write("empty", new byte[0]);
    folder.write("large", new byte[3_000_000]);
  }

  private int files = NASTY.size() + 2;

  @Test
  void every_file_is_copied_byte_for_byte_whatever_its_name() throws Exception {
    Outcome outcome = folder.run("--exit");

    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.status()).isZero();
    folder.assertEveryCopyIsEqual();
    assertTable(outcome, "paris", files, files, 0, 0, files);
    assertTable(outcome, "tokyo", files, files, 0, 0, files);
  }

  @Test
  void a_second_run_copies_nothing() throws Exception {
    folder.run("--exit");
    Map<String, Object> before = folder.files("paris");

    Outcome again = folder.run("--exit");

    assertThat(again.status()).isZero();
    assertThat(folder.files("paris")).isEqualTo(before);
    assertTable(again, "paris", files, files, 0, 0, 0);
    assertThat(again.out()).contains("0 new or changed").contains("going on from the run before");
  }

  @Test
  void a_second_run_copies_what_changed_and_only_that() throws Exception {
    folder.run("--exit");
    folder.write("plain", "other content".getBytes(UTF_8));
    folder.write("new", "new".getBytes(UTF_8));

    Outcome again = folder.run("--exit");

    assertThat(again.status()).isZero();
    folder.assertEveryCopyIsEqual();
    assertTable(again, "tokyo", files + 1, files + 1, 0, 0, 2);
  }

  @Test
  void a_location_added_later_gets_every_object_and_the_others_none_again() throws Exception {
    folder.run("--exit");

    Outcome again = folder.run("--exit", "--to", "rome=" + temp.resolve("rome"));

    assertThat(again.status()).isZero();
    assertTable(again, "paris", files, files, 0, 0, 0);
    assertTable(again, "rome", files, files, 0, 0, files);
    assertThat(DemoFolder.names(temp.resolve("rome"))).isEqualTo(DemoFolder.names(folder.source()));
  }

  @Test
  void a_broken_location_fails_is_mended_and_gets_everything() throws Exception {
    Outcome outcome = folder.run("--exit", "--break", "paris");

    assertThat(outcome.status()).isZero();
    assertThat(outcome.out())
        .containsSubsequence(
            "1. paris is broken on purpose",
            "2. The attempts are used up. " + files + " objects FAILED at paris",
            "InputOutputError after 3 attempts: destination: broken on purpose (--break paris)",
            "3. paris is paused (wanted: PAUSED)",
            "4. paris is mended.",
            "5. Retry: " + files + " objects PENDING",
            "6. paris is resumed (wanted: RUNNING)",
            "7. Every object that was FAILED at paris is COMPLETED.");
    folder.assertEveryCopyIsEqual();
    assertTable(outcome, "paris", files, files, 0, 0, files);
  }

  @Test
  void destinations_and_state_inside_the_source_are_no_objects() throws Exception {
    String inside = folder.source().resolve("backup").toString();
    Outcome outcome =
        Outcome.of(
            "demo",
            "--exit",
            "--source",
            folder.source().toString(),
            "--to",
            "paris=" + inside + "/paris",
            "--data-dir",
            inside + "/data");

    assertThat(outcome.status()).isZero();
    assertTable(outcome, "paris", files, files, 0, 0, files);
  }

  @Test
  void what_is_no_object_is_named_and_hinders_no_other() throws Exception {
    Files.createSymbolicLink(folder.source().resolve("a\nlink"), folder.source().resolve("plain"));

    Outcome outcome = folder.run("--exit");

    assertThat(outcome.status()).isZero();
    assertThat(outcome.out()).contains("left out: a\\u000alink (SYMBOLIC_LINK");
    assertTable(outcome, "paris", files, files, 0, 0, files);
  }

  @Test
  void a_destination_that_stays_down_ends_the_demo_with_its_name_and_the_reason() throws Exception {
    System.setProperty("aws.accessKeyId", "key");
    System.setProperty("aws.secretAccessKey", "secret");
    try {
      int port = unusedPort();
      Outcome outcome =
          folder.run(
              "--exit",
              "--patience",
              "2",
              "--to",
              "rome=s3://bucket?endpoint=http://127.0.0.1:" + port);

      assertThat(outcome.status()).isEqualTo(3);
      assertThat(outcome.err()).contains("rome: ", "s3://bucket/", "Connection refused");
      assertThat(outcome.err().lines()).hasSize(1);
      assertTable(outcome, "paris", files, files, 0, 0, files);
      assertTable(outcome, "rome", files, 0, files, 0, 0);
    } finally {
      System.clearProperty("aws.accessKeyId");
      System.clearProperty("aws.secretAccessKey");
    }
  }

  @Test
  void a_data_directory_in_use_is_refused_by_name() {
    try (Stores holder = EmbeddedStore.open(folder.data())) {
      assertThat(holder.journal().list("demo", "", 1)).isEmpty();

      Outcome outcome = folder.run("--exit");

      assertThat(outcome.status()).isEqualTo(3);
      assertThat(outcome.err()).contains(folder.data().toString()).contains("in use");
    }
  }

  @Test
  void a_damaged_store_is_refused_by_name() throws Exception {
    Files.createDirectories(folder.data());
    Files.writeString(folder.data().resolve("backbeat.db"), "no database at all".repeat(1000));

    Outcome outcome = folder.run("--exit");

    assertThat(outcome.status()).isEqualTo(3);
    assertThat(outcome.err()).contains("backbeat.db");
  }

  @Test
  void a_data_directory_of_another_source_or_place_is_refused() {
    folder.run("--exit");

    Outcome otherSource =
        Outcome.of(
            "demo",
            "--exit",
            "--source",
            temp.resolve("paris").toString(),
            "--to",
            "rome=" + temp.resolve("rome"),
            "--data-dir",
            folder.data().toString());
    Outcome otherPlace =
        Outcome.of(
            "demo",
            "--exit",
            "--source",
            folder.source().toString(),
            "--to",
            "paris=" + temp.resolve("rome"),
            "--data-dir",
            folder.data().toString());

    assertThat(otherSource.status()).isEqualTo(3);
    assertThat(otherSource.err()).contains("was set up for the source " + folder.source());
    assertThat(otherPlace.status()).isEqualTo(3);
    assertThat(otherPlace.err())
        .contains("location paris " + folder.place("paris"))
        .contains("--data-dir");
  }

  @Test
  void serves_picks_up_changes_and_stops_when_asked() throws Exception {
    StopSignal stop = new StopSignal();
    StringBuffer said = new StringBuffer();
    CompletableFuture<Integer> status = serve(stop, said);
    try {
      await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> said.toString().contains("copied this run"));
      folder.write("later", "written while the demo runs".getBytes(UTF_8));
      await()
          .atMost(Duration.ofSeconds(60))
          .untilAsserted(
              () ->
                  assertThat(folder.place("tokyo").resolve("later"))
                      .hasContent("written while the demo runs"));
      for (String[] call : calls(said.toString())) {
        assertThat(answer(call[0], call[1])).as(call[1]).isEqualTo(200);
      }
    } finally {
      stop.request();
    }
    assertThat(status.get(60, TimeUnit.SECONDS)).isZero();
    assertThat(folder.run("--exit").status()).isZero();
  }

  @Test
  void a_port_in_use_is_named() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      Outcome outcome = folder.run("--port", String.valueOf(taken.getLocalPort()));

      assertThat(outcome.status()).isEqualTo(3);
      assertThat(outcome.err()).contains(String.valueOf(taken.getLocalPort())).contains("--port");
    }
  }

  private CompletableFuture<Integer> serve(StopSignal stop, StringBuffer said) {
    Writer writer =
        new Writer() {
          @Override
          public void write(char[] text, int offset, int length) {
            said.append(text, offset, length);
          }

          @Override
          public void flush() {}

          @Override
          public void close() {}
        };
    PrintWriter out = new PrintWriter(writer, true);
    return CompletableFuture.supplyAsync(
        () ->
            BackbeatCommand.commandLine(stop, out, out)
                .execute(folder.arguments("--port", "0").toArray(String[]::new)));
  }

  private static int unusedPort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  /** Method and address of every curl example. */
  private static List<String[]> calls(String said) {
    List<String[]> calls = new ArrayList<>();
    Matcher curl = Pattern.compile("curl (-X (POST) )?'?(http[^'\\s]+)").matcher(said);
    while (curl.find()) {
      calls.add(new String[] {curl.group(2) == null ? "GET" : curl.group(2), curl.group(3)});
    }
    assertThat(calls).hasSizeGreaterThan(4);
    return calls;
  }

  private static int answer(String method, String address) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(address))
            .version(HttpClient.Version.HTTP_1_1)
            .method(method, HttpRequest.BodyPublishers.noBody())
            .build();
    return HttpClient.newHttpClient()
        .send(request, HttpResponse.BodyHandlers.ofString())
        .statusCode();
  }

  private static void assertTable(
      Outcome outcome,
      String location,
      int objects,
      int completed,
      int pending,
      int failed,
      int copied) {
    assertThat(outcome.out())
        .containsPattern(
            Pattern.compile(
                "(?m)^"
                    + location
                    + " +"
                    + objects
                    + " +"
                    + completed
                    + " +"
                    + pending
                    + " +"
                    + failed
                    + " +\\S+ \\w+ +"
                    + copied
                    + "$"));
  }
}
