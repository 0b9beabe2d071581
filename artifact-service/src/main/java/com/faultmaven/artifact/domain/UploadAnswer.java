package com.faultmaven.artifact.domain;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import com.faultmaven.common.model.artifact.PreprocessingResult;
import com.faultmaven.common.web.Problem;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of the files of one request, in their order.
 *
 * @param files one entry for each file
 */
@JsonNaming(SnakeCaseStrategy.class)
@RegisterForReflection
public record UploadAnswer(List<FileAnswer> files) {
  public UploadAnswer {
    files = List.copyOf(files);
  }

  /**
   * What became of one file.
   *
   * @param filename its clean name
   * @param status HTTP status that it alone would have been answered with: 201, 202, 413 or 422
   * @param location path of the file, when it was kept
   * @param result what was found, when it was processed
   * @param decision what is to be decided, when it waits for a choice
   * @param code kebab-case name of the problem, when it was refused
   * @param detail what is wrong with it, when it was refused
   */
  @JsonNaming(SnakeCaseStrategy.class)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  @RegisterForReflection
  public record FileAnswer(
      String filename,
      int status,
      @Nullable String location,
      @Nullable PreprocessingResult result,
      @Nullable Decision decision,
      @Nullable String code,
      @Nullable String detail) {
    static FileAnswer processed(String filename, String location, PreprocessingResult result) {
      return new FileAnswer(filename, 201, location, result, null, null, null);
    }

    static FileAnswer undecided(String filename, String location, Decision decision) {
      return new FileAnswer(filename, 202, location, null, decision, null, null);
    }

    static FileAnswer refused(String filename, Problem problem) {
      return new FileAnswer(
          filename, problem.status(), null, null, null, problem.code(), problem.detail());
    }
  }
}
