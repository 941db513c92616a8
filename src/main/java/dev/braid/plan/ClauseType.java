package dev.braid.plan;

import dev.braid.task.TaskType;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** Reads a type out of one clause: the verb that heads it and what the verb is about. */
final class ClauseType {
  /** What may stand before the verb: "now you should please run". */
  private static final Set<String> FILLERS =
      WordSet.of(
          """
          also can finally first i is it job just let must need next now please second should
          step task the to want we will you your
          """);

  private static final Set<String> PREPOSITIONS =
      WordSet.of(
          """
          across against at by for from in into of on so that through to under using via which
          with within without
          """);

  private static final Set<String> TEST_WORDS =
      WordSet.of("jest junit pytest spec specs test testing tests verify vitest");
  private static final Set<String> BUILD_WORDS =
      WordSet.of("assemble build builds compile compilation install package");
  private static final Set<String> DEPLOYMENT_WORDS =
      WordSet.of("apply deploy deployment deployments rollout upgrade");
  private static final Set<String> SEARCH_WORDS = Set.of("grep", "search", "searches");
  private static final Set<String> MIGRATION_WORDS = Set.of("migrate", "migration", "migrations");
  private static final Set<String> GIT_WORDS =
      WordSet.of(
          """
          branch branches changes code commit commits git main master origin pr remote repo
          repos repositories repository submodule submodules tag tags upstream
          """);

  private static final Set<String> ARTICLES = Set.of("a", "an", "new");
  private static final Set<String> ARTIFACTS =
      WordSet.of("artifact binary bundle image images installer jar package release");
  private static final Set<String> SERVICES =
      Set.of("microservice", "microservices", "service", "services");
  private static final List<String> SERVICE_ENDINGS =
      List.of("-service", "_service", "-microservice", "-svc");

  private static final Set<String> TEST_TOOLS =
      WordSet.of("ctest jest phpunit pytest rspec tox vitest");
  private static final Set<String> BUILD_TOOLS =
      WordSet.of(
          "bazel cargo docker dotnet gradle gradlew ./gradlew mvn mvnw ./mvnw npm pnpm sbt yarn");
  private static final Set<String> DEPLOYMENT_TOOLS = Set.of("kubectl", "helm", "terraform");

  /** Verbs that make what was not there. */
  private static final Set<String> MAKING =
      WordSet.of(
          """
          add bootstrap build create develop generate implement introduce make recreate scaffold
          set write
          """);

  private final Word verb;
  private final List<Word> rest;

  private ClauseType(Word verb, List<Word> rest) {
    this.verb = verb;
    this.rest = rest;
  }

  /** Empty when its head says nothing. */
  static Optional<InferredType> of(List<Word> clause) {
    int head = 0;
    while (head < clause.size() && isFiller(clause.get(head))) {
      head++;
    }
    return head == clause.size()
        ? Optional.empty()
        : new ClauseType(clause.get(head), clause.subList(head + 1, clause.size())).type();
  }

  private static boolean isFiller(Word word) {
    return FILLERS.contains(word.lower()) || word.lower().chars().allMatch(Character::isDigit);
  }

  private Optional<InferredType> type() {
    return Verbs.base(verb.lower()).map(this::ofVerb).orElseGet(this::ofTool);
  }

  private Optional<InferredType> ofVerb(String base) {
    return switch (base) {
      case "test", "retest" -> is(TaskType.TESTING);
      case "run", "rerun", "execute" -> ofRun();
      case "build", "rebuild", "assemble", "package" -> ofBuild();
      case "compile" -> is(TaskType.BUILD);
      case "deploy", "redeploy", "undeploy" -> is(TaskType.DEPLOYMENT);
      case "roll" -> when("out"::equals, TaskType.DEPLOYMENT);
      case "read", "cat", "view" -> is(TaskType.FILE_READ);
      case "search", "find", "grep", "locate", "research", "rg" -> is(TaskType.SEARCH);
      case "look" -> when("for"::equals, TaskType.SEARCH);
      case "git", "commit", "rebase", "cherry-pick" -> is(TaskType.GIT_OPERATION);
      case "push",
          "pull",
          "merge",
          "tag",
          "fetch",
          "checkout",
          "clone",
          "stash",
          "squash",
          "revert" ->
          ofGitVerb();
      case "migrate" -> is(TaskType.MIGRATION);
      default -> ofMaking();
    };
  }

  private Optional<InferredType> ofRun() {
    return when(TEST_WORDS::contains, TaskType.TESTING)
        .or(() -> when(MIGRATION_WORDS::contains, TaskType.MIGRATION))
        .or(() -> when(DEPLOYMENT_WORDS::contains, TaskType.DEPLOYMENT))
        .or(() -> when(BUILD_WORDS::contains, TaskType.BUILD))
        .or(() -> when(SEARCH_WORDS::contains, TaskType.SEARCH));
  }

  /** "Build a login page" makes something new; "build the project" and "build a jar" compile. */
  private Optional<InferredType> ofBuild() {
    boolean something = !rest.isEmpty() && ARTICLES.contains(rest.getFirst().lower());
    boolean artifact = object().filter(word -> ARTIFACTS.contains(word.lower())).isPresent();
    return something && !artifact ? ofMaking() : is(TaskType.BUILD);
  }

  private Optional<InferredType> ofGitVerb() {
    return when(word -> GIT_WORDS.contains(word) || word.endsWith(".git"), TaskType.GIT_OPERATION);
  }

  private Optional<InferredType> ofMaking() {
    Optional<Word> object = object();
    if (object.isPresent() && isService(object.get().lower()) && makes()) {
      return Optional.of(said(TaskType.SERVICE_CREATION, object.get()));
    }
    if (object.isPresent() && MIGRATION_WORDS.contains(object.get().lower())) {
      return Optional.of(said(TaskType.MIGRATION, object.get()));
    }
    return is(TaskType.GENERAL);
  }

  private boolean makes() {
    return Verbs.base(verb.lower()).filter(MAKING::contains).isPresent();
  }

  private static boolean isService(String lower) {
    return SERVICES.contains(lower) || SERVICE_ENDINGS.stream().anyMatch(lower::endsWith);
  }

  /** A clause that is a command line: "mvn test". */
  private Optional<InferredType> ofTool() {
    String tool = verb.lower();
    if (TEST_TOOLS.contains(tool)) {
      return is(TaskType.TESTING);
    }
    if (BUILD_TOOLS.contains(tool)) {
      return when(TEST_WORDS::contains, TaskType.TESTING)
          .or(() -> when(BUILD_WORDS::contains, TaskType.BUILD));
    }
    return DEPLOYMENT_TOOLS.contains(tool)
        ? when(DEPLOYMENT_WORDS::contains, TaskType.DEPLOYMENT)
        : Optional.empty();
  }

  /** What the verb is about: the last word before a preposition. */
  private Optional<Word> object() {
    Optional<Word> last = Optional.empty();
    for (Word word : rest) {
      if (PREPOSITIONS.contains(word.lower())) {
        break;
      }
      last = Optional.of(word);
    }
    return last;
  }

  private Optional<InferredType> is(TaskType type) {
    return Optional.of(new InferredType(type, verb.text()));
  }

  private Optional<InferredType> when(Predicate<String> word, TaskType type) {
    for (Word each : rest) {
      if (word.test(each.lower())) {
        return Optional.of(said(type, each));
      }
    }
    return Optional.empty();
  }

  private InferredType said(TaskType type, Word about) {
    boolean next = !rest.isEmpty() && rest.getFirst().equals(about);
    return new InferredType(type, verb.text() + (next ? " " : " ... ") + about.text());
  }
}
