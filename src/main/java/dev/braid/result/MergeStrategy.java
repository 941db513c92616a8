package dev.braid.result;

import dev.braid.task.TaskType;
import java.util.Locale;
import java.util.Optional;

/** How the results of one type become one section. */
public enum MergeStrategy {
  /** Services created and their files. */
  AGGREGATE_STATUS,
  /** Test figures and coverage, added up. */
  AGGREGATE_RESULTS,
  /** What was built, and the artifacts. */
  ALL_SUCCEEDED,
  /** What was deployed, and the endpoints. */
  VERIFY_ALL,
  /** Contents one after the other, with an index by file. */
  CONCATENATE,
  /** Files found, each once, those with most hits first. */
  DEDUPLICATE_RANK,
  /** Repositories and their commits. */
  REPOSITORIES,
  /** The results as they are, by task. */
  SIMPLE;

  Merging begin() {
    return switch (this) {
      case AGGREGATE_STATUS -> new ServiceMerging();
      case AGGREGATE_RESULTS -> new TestMerging();
      case ALL_SUCCEEDED -> new BuildMerging();
      case VERIFY_ALL -> new DeploymentMerging();
      case CONCATENATE -> new ContentMerging();
      case DEDUPLICATE_RANK -> new SearchMerging();
      case REPOSITORIES -> new RepositoryMerging();
      case SIMPLE -> new SimpleMerging();
    };
  }

  /** The strategy for a type when nothing else is configured. */
  public static MergeStrategy defaultFor(TaskType type) {
    return switch (type) {
      case SERVICE_CREATION -> AGGREGATE_STATUS;
      case TESTING -> AGGREGATE_RESULTS;
      case BUILD -> ALL_SUCCEEDED;
      case DEPLOYMENT -> VERIFY_ALL;
      case FILE_READ -> CONCATENATE;
      case SEARCH -> DEDUPLICATE_RANK;
      case GIT_OPERATION -> REPOSITORIES;
      case MIGRATION, GENERAL -> SIMPLE;
    };
  }

  /** The strategy of that name, or the default one of the type of that name. */
  public static Optional<MergeStrategy> named(String name) {
    for (MergeStrategy strategy : values()) {
      if (strategy.wireName().equals(name)) {
        return Optional.of(strategy);
      }
    }
    return TaskType.named(name).map(MergeStrategy::defaultFor);
  }

  /** The name in files, such as {@code deduplicate_rank}. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  @Override
  public String toString() {
    return wireName();
  }
}
