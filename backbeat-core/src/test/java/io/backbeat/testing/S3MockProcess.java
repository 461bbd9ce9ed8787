package io.backbeat.testing;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Adobe's S3Mock as a process of its own: a real HTTP endpoint with multipart uploads, conditions
 * and checksums.
 */
public final class S3MockProcess implements AutoCloseable {
  private static final Pattern PORT =
      Pattern.compile("Tomcat started on ports \\d+ \\(https\\), (\\d+) \\(http\\)");
  private static final Duration START_LIMIT = Duration.ofMinutes(1);

  private static final String LOGGING =
      "<configuration><appender name='out' class='ch.qos.logback.core.ConsoleAppender'><encoder>"
          + "<pattern>%logger{0} %msg%n</pattern></encoder></appender>"
          + "<root level='INFO'><appender-ref ref='out'/></root></configuration>";

  private final Process process;
  private final URI endpoint;

  private S3MockProcess(Process process, URI endpoint) {
    this.process = process;
    this.endpoint = endpoint;
  }

  /**
   * Starts it on a free port.
   *
   * @param directory for its files and its log
   * @param buckets made at the start, with a comma between
   */
  public static S3MockProcess start(Path directory, String buckets) throws IOException {
    Path log = directory.resolve("s3mock.log");
    Path logging = Files.writeString(directory.resolve("logback.xml"), LOGGING);
    ProcessBuilder builder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "-Djava.io.tmpdir=" + directory,
                "-Dserver.port=0",
                "-Dcom.adobe.testing.s3mock.httpPort=0",
                "-Dcom.adobe.testing.s3mock.store.initialBuckets=" + buckets,
                // Not our logback-test.xml: the port is read from what it logs at INFO.
                "-Dlogging.config=" + logging,
                "com.adobe.testing.s3mock.S3MockApplication")
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .directory(directory.toFile());
    // Too long for an argument.
    builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
    return whenReady(builder.start(), log);
  }

  /** Where it listens. */
  public URI endpoint() {
    return endpoint;
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  private static S3MockProcess whenReady(Process process, Path log) {
    try {
      String port =
          await().atMost(START_LIMIT).until(() -> portIn(process, log), found -> !found.isEmpty());
      return new S3MockProcess(process, URI.create("http://127.0.0.1:" + port));
    } catch (RuntimeException e) {
      process.destroyForcibly();
      throw e;
    }
  }

  private static String portIn(Process process, Path log) throws IOException {
    String text = Files.readString(log);
    if (!process.isAlive()) {
      throw new IllegalStateException("S3Mock ended:\n" + text);
    }
    Matcher found = PORT.matcher(text);
    return text.contains("Started S3MockApplication") && found.find() ? found.group(1) : "";
  }
}
