package io.backbeat.server.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.backbeat.server.cli.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** A source, two destinations and a data directory in a temporary folder. */
record DemoFolder(Path root) {
  static final List<String> LOCATIONS = List.of("paris", "tokyo");

  Path source() {
    return root.resolve("source");
  }

  Path place(String location) {
    return root.resolve(location);
  }

  Path data() {
    return root.resolve("data");
  }

  Path write(String name, byte[] content) throws IOException {
    Path file = source().resolve(name);
    Files.createDirectories(file.getParent());
    return Files.write(file, content);
  }

  List<String> arguments(String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of("demo", "--source", source().toString(), "--data-dir", data().toString()));
    for (String location : LOCATIONS) {
      arguments.addAll(List.of("--to", location + "=" + place(location)));
    }
    arguments.addAll(Arrays.asList(more));
    return arguments;
  }

  Outcome run(String... more) {
    return Outcome.of(arguments(more).toArray(String[]::new));
  }

  void assertEveryCopyIsEqual() throws IOException {
    for (String location : LOCATIONS) {
      assertThat(names(place(location))).as(location).isEqualTo(names(source()));
      for (String name : names(source())) {
        assertThat(Files.mismatch(source().resolve(name), place(location).resolve(name)))
            .as("first different byte of %s at %s", name, location)
            .isEqualTo(-1);
      }
    }
  }

  /** Which file stands behind each name of a location; another one after another copy. */
  Map<String, Object> files(String location) throws IOException {
    Map<String, Object> files = new TreeMap<>();
    for (String name : names(place(location))) {
      Path path = place(location).resolve(name);
      files.put(
          name,
          List.of(Files.getAttribute(path, "unix:ino"), Files.getAttribute(path, "unix:ctime")));
    }
    return files;
  }

  static List<String> names(Path directory) throws IOException {
    if (!Files.exists(directory)) {
      return List.of();
    }
    try (Stream<Path> paths = Files.walk(directory)) {
      return paths
          .filter(path -> Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS))
          .map(path -> directory.relativize(path).toString())
          .filter(name -> !name.startsWith(".backbeat-staging"))
          .sorted()
          .toList();
    }
  }
}
