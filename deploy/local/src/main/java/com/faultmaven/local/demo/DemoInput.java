package com.faultmaven.local.demo;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a demonstration works on.
 *
 * @param files files of the case, at least one
 * @param runbooks Markdown documents for the knowledge base, at least one
 * @param story the words that go with them
 * @param output where the export is written; null keeps it nowhere
 */
public record DemoInput(List<Path> files, List<Path> runbooks, Story story, @Nullable Path output) {
  public DemoInput {
    files = List.copyOf(files);
    runbooks = List.copyOf(runbooks);
    if (files.isEmpty() || runbooks.isEmpty()) {
      throw new IllegalArgumentException("a demonstration needs a file and a runbook at least");
    }
  }

  /** The sample data, written below that directory first. */
  public static DemoInput sample(Path directory) throws IOException {
    return SampleData.writeTo(directory);
  }

  /**
   * One's own files; the sample's take the place of what is not given.
   *
   * @param files files for the case, null for those of the sample
   * @param runbooks documents for the knowledge base, null for those of the sample
   * @param directory where sample files and the export are written
   */
  static DemoInput own(@Nullable List<Path> files, @Nullable List<Path> runbooks, Path directory)
      throws IOException {
    DemoInput sample = sample(directory);
    List<Path> documents = runbooks == null ? sample.runbooks() : runbooks;
    if (files == null && runbooks == null) {
      return sample;
    }
    List<Path> uploads = files == null ? sample.files() : files;
    String runbook = Markdown.title(documents.getFirst());
    return new DemoInput(uploads, documents, Story.ofFiles(uploads.size(), runbook), directory);
  }
}
