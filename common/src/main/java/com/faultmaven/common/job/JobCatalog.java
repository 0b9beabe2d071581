package com.faultmaven.common.job;

import io.quarkus.arc.All;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** The jobs of this service, by name. */
@ApplicationScoped
public class JobCatalog {
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*");
  private static final int MAX_NAME = 64;

  private final Map<String, Job> jobs;

  /**
   * Collects the beans.
   *
   * @throws IllegalStateException when a name is not in kebab-case or two jobs have the same one
   */
  @Inject
  public JobCatalog(@All List<Job> beans) {
    Map<String, Job> byName = new TreeMap<>();
    for (Job job : beans) {
      String name = job.name();
      if (!NAME.matcher(name).matches() || name.length() > MAX_NAME) {
        throw new IllegalStateException("not a job's name in kebab-case: " + name);
      }
      if (byName.put(name, job) != null) {
        throw new IllegalStateException("two jobs have the name " + name);
      }
    }
    this.jobs = Collections.unmodifiableMap(byName);
  }

  /** All jobs, by name. */
  public Collection<Job> all() {
    return jobs.values();
  }

  /** The job of this name. */
  public Optional<Job> find(String name) {
    return Optional.ofNullable(jobs.get(name));
  }
}
