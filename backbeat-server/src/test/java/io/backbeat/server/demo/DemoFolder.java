package io.backbeat.server.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.backbeat.server.cli.Outcome;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

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

  /** The files of a directory that may be written to meanwhile, without unfinished ones. */
  static List<String> names(Path directory) throws IOException {
    List<String> names = new ArrayList<>();
    Files.walkFileTree(
        directory,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path path, BasicFileAttributes attributes) {
            return path.endsWith(".backbeat-staging")
                ? FileVisitResult.SKIP_SUBTREE
                : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path path, BasicFileAttributes attributes) {
            if (attributes.isRegularFile()) {
              names.add(directory.relativize(path).toString());
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path path, IOException e) throws IOException {
            if (e instanceof NoSuchFileException) {
              return FileVisitResult.CONTINUE;
            }
            throw e;
          }
        });
    names.sort(null);
    return names;
  }
}
