package com.faultmaven.common.testing;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAnnotation;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import jakarta.inject.Inject;
import jakarta.ws.rs.Path;
import java.util.List;
import org.jboss.resteasy.reactive.server.Cancellable;

/**
 * The directions in which the packages of a service may depend on one another: api → domain →
 * contracts, storage implements contracts, nobody looks into another service.
 */
public final class ServiceArchitecture {
  private static final List<String> SERVICES =
      List.of("user", "cases", "artifact", "knowledge", "session");

  /**
   * Otherwise a client that hangs up stops a request between two of its steps, and response filters
   * do not run, which make copies of what it has changed void.
   */
  private static final DescribedPredicate<JavaAnnotation<?>> ENDING_WHAT_THEY_BEGIN =
      DescribedPredicate.describe(
          "@Cancellable(false)",
          annotation ->
              annotation.getRawType().isEquivalentTo(Cancellable.class)
                  && annotation.get("value").filter(Boolean.FALSE::equals).isPresent());

  private ServiceArchitecture() {}

  /**
   * Checks the main classes of a service.
   *
   * @param service last part of its package: {@code cases} for com.faultmaven.cases
   * @throws AssertionError naming every class that breaks a rule
   */
  public static void check(String service) {
    String root = "com.faultmaven." + service;
    JavaClasses main =
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(root);
    if (main.isEmpty()) {
      throw new AssertionError("no classes in " + root);
    }
    for (ArchRule rule : rules(root, service)) {
      rule.allowEmptyShould(true).check(main);
    }
  }

  private static List<ArchRule> rules(String root, String service) {
    String[] others =
        SERVICES.stream()
            .filter(name -> !name.equals(service))
            .map(name -> "com.faultmaven." + name + "..")
            .toArray(String[]::new);
    return List.of(
        noClasses()
            .that()
            .resideInAPackage(root + ".domain..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                root + ".api..",
                root + ".storage..",
                root + ".events..",
                root + ".jobs..",
                "jakarta.ws.rs..",
                "org.jboss.resteasy.."),
        noClasses()
            .that()
            .resideInAPackage(root + ".api..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(root + ".storage..", root + ".events..", root + ".jobs.."),
        noClasses()
            .that()
            .resideInAPackage(root + ".storage..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(root + ".api..", root + ".events..", root + ".jobs.."),
        noClasses()
            .that()
            .resideInAPackage(root + ".events..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(root + ".api..", root + ".storage.."),
        noClasses().should().dependOnClassesThat().resideInAnyPackage(others),
        noClasses().should().dependOnClassesThat().resideInAPackage("com.faultmaven.local.."),
        noFields().should().beAnnotatedWith(Inject.class),
        fields().that().areStatic().should().beFinal(),
        classes()
            .that()
            .areAnnotatedWith(Path.class)
            .and()
            .areNotInterfaces()
            .should()
            .beAnnotatedWith(ENDING_WHAT_THEY_BEGIN),
        classes().should().haveNameNotMatching(".*(Util|Utils|Helper|Manager|Impl)"));
  }
}
