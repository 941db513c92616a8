package dev.braid;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.time.Instant;
import java.util.Random;
import java.util.TreeSet;
import org.assertj.core.api.Assertions;
import org.jspecify.annotations.NullMarked;

/** The architecture, as a build that fails. Read this file first. */
@AnalyzeClasses(packages = "dev.braid", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  private static final String[] MODEL = {
    "dev.braid", "dev.braid.task..", "dev.braid.config..", "dev.braid.intake..", "dev.braid.fault.."
  };
  private static final String[] LOGIC = {
    "dev.braid.plan..", "dev.braid.result..", "dev.braid.stats.."
  };
  private static final String[] MACHINERY = {
    "dev.braid.process..",
    "dev.braid.store..",
    "dev.braid.claude..",
    "dev.braid.isolate..",
    "dev.braid.watch..",
    "dev.braid.protocol.."
  };

  @ArchTest
  static final ArchRule dependencies_point_inwards =
      layeredArchitecture()
          .consideringOnlyDependenciesInLayers()
          .layer("model")
          .definedBy(MODEL)
          .layer("logic")
          .definedBy(LOGIC)
          .layer("machinery")
          .definedBy(MACHINERY)
          .layer("resource")
          .definedBy("dev.braid.resource..", "dev.braid.install..")
          .layer("use cases")
          .definedBy("dev.braid.run..")
          .layer("client")
          .definedBy("dev.braid.client..")
          .layer("doctor")
          .definedBy("dev.braid.doctor..")
          .layer("daemon")
          .definedBy("dev.braid.daemon..", "dev.braid.hook..", "dev.braid.dashboard..")
          .layer("cli")
          .definedBy("dev.braid.cli..")
          .whereLayer("model")
          .mayNotAccessAnyLayer()
          .whereLayer("logic")
          .mayOnlyAccessLayers("model")
          .whereLayer("machinery")
          .mayOnlyAccessLayers("model")
          .whereLayer("resource")
          .mayOnlyAccessLayers("machinery", "model")
          .whereLayer("use cases")
          .mayOnlyAccessLayers("resource", "machinery", "logic", "model")
          .whereLayer("client")
          .mayOnlyAccessLayers("use cases", "resource", "machinery", "logic", "model")
          .whereLayer("doctor")
          .mayOnlyAccessLayers("client", "use cases", "resource", "machinery", "logic", "model")
          .whereLayer("daemon")
          .mayOnlyAccessLayers("use cases", "resource", "machinery", "logic", "model")
          .whereLayer("cli")
          .mayOnlyAccessLayers(
              "client", "doctor", "daemon", "use cases", "resource", "machinery", "logic", "model")
          .ensureAllClassesAreContainedInArchitectureIgnoring("dev.braid");

  @ArchTest
  static final ArchRule packages_are_free_of_cycles =
      slices().matching("dev.braid.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule the_task_model_knows_nobody =
      noClasses()
          .that()
          .resideInAPackage("dev.braid.task..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("dev.braid.config..", "dev.braid.intake..");

  @ArchTest
  static final ArchRule machinery_stands_alone =
      slices()
          .matching("dev.braid.(process|store|claude|isolate|watch|protocol)..")
          .should()
          .notDependOnEachOther();

  @ArchTest
  static final ArchRule logic_stands_alone =
      slices().matching("dev.braid.(plan|result|stats)..").should().notDependOnEachOther();

  @ArchTest static final ArchRule only_cli_knows_picocli = oneOwner("picocli..", "dev.braid.cli..");

  @ArchTest
  static final ArchRule only_cli_knows_the_terminal = oneOwner("org.jline..", "dev.braid.cli..");

  @ArchTest
  static final ArchRule only_the_door_serves =
      oneOwner("com.sun.net.httpserver..", "dev.braid.daemon..");

  @ArchTest
  static final ArchRule the_daemon_is_made_by_its_command_alone =
      noClasses()
          .that()
          .resideInAPackage("dev.braid.cli..")
          .and()
          .haveNameNotMatching("dev.braid.cli.DaemonCommand")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("dev.braid.daemon..");

  @ArchTest
  static final ArchRule only_process_calls_native_code =
      oneOwner("java.lang.foreign..", "dev.braid.process..");

  @ArchTest
  static final ArchRule only_config_validates_by_schema =
      oneOwner("com.networknt..", "dev.braid.config..");

  @ArchTest
  static final ArchRule lists_and_plans_are_cached_and_nothing_else =
      noClasses()
          .that()
          .doNotHaveFullyQualifiedName("dev.braid.claude.ListCache")
          .and()
          .doNotHaveFullyQualifiedName("dev.braid.hook.Plans")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("com.github.benmanes.caffeine..");

  @ArchTest
  static final ArchRule only_run_makes_run_ids = oneOwner("com.github.f4b6a3..", "dev.braid.run..");

  @ArchTest
  static final ArchRule only_templates_know_mustache =
      owners("com.samskivert..", "dev.braid.resource..", "dev.braid.cli..");

  @ArchTest
  static final ArchRule only_watch_knows_the_watcher =
      oneOwner("io.methvin..", "dev.braid.watch..");

  @ArchTest
  static final ArchRule planning_and_machinery_of_processes_know_no_json =
      noClasses()
          .that()
          .resideInAnyPackage("dev.braid.task..", "dev.braid.plan..", "dev.braid.process..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("com.fasterxml.jackson..");

  @ArchTest
  static final ArchRule only_process_starts_processes =
      noClasses()
          .that()
          .resideOutsideOfPackages("dev.braid.process..", "dev.braid.isolate..")
          .should()
          .dependOnClassesThat()
          .belongToAnyOf(ProcessBuilder.class, Process.class, ProcessHandle.class)
          .because("every process has an identity, a deadline and an owner there");

  @ArchTest
  static final ArchRule isolate_starts_git_and_nothing_else =
      noClasses()
          .that()
          .resideInAPackage("dev.braid.isolate..")
          .and()
          .doNotHaveFullyQualifiedName("dev.braid.isolate.Git")
          .should()
          .dependOnClassesThat()
          .belongToAnyOf(ProcessBuilder.class, Process.class, ProcessHandle.class);

  @ArchTest
  static final ArchRule time_is_passed_in =
      noClasses()
          .should()
          .callMethod(Instant.class, "now")
          .orShould()
          .callMethod(System.class, "currentTimeMillis")
          .orShould()
          .callConstructor(Random.class)
          .orShould()
          .callMethod(Math.class, "random")
          .because("clock and randomness are passed in, so that tests own them");

  @ArchTest
  static final ArchRule the_system_clock_is_read_at_the_door =
      noClasses()
          .that()
          .resideOutsideOfPackages("dev.braid.cli..", "dev.braid.process..")
          .should()
          .callMethod(Clock.class, "systemUTC")
          .orShould()
          .callMethod(System.class, "nanoTime");

  @ArchTest
  static final ArchRule only_main_exits =
      noClasses()
          .that()
          .doNotHaveFullyQualifiedName("dev.braid.cli.Main")
          .and()
          .doNotHaveFullyQualifiedName("dev.braid.fault.FaultPoint")
          .should()
          .callMethod(System.class, "exit", int.class)
          .orShould()
          .callMethod(Runtime.class, "halt", int.class);

  @ArchTest
  static final ArchRule only_cli_prints =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.braid.cli..")
          .should()
          .accessField(System.class, "out")
          .orShould()
          .accessField(System.class, "err");

  @ArchTest
  static final ArchRule names_say_what_a_class_is =
      classes()
          .should()
          .haveNameNotMatching(".*(Util|Utils|Helper|Manager|Impl|Info|Data)(\\$.*)?");

  @ArchTest
  static void every_package_is_null_marked(JavaClasses classes) {
    var packages = new TreeSet<String>();
    for (var type : classes) {
      if (!type.getPackage().isAnnotatedWith(NullMarked.class)) {
        packages.add(type.getPackageName());
      }
    }
    Assertions.assertThat(packages).as("packages without @NullMarked").isEmpty();
  }

  private static ArchRule oneOwner(String library, String owner) {
    return owners(library, owner);
  }

  private static ArchRule owners(String library, String... owners) {
    return noClasses()
        .that()
        .resideOutsideOfPackages(owners)
        .should()
        .dependOnClassesThat()
        .resideInAPackage(library);
  }
}
