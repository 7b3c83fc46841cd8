package io.heliograph.message;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.ReferencedClassObject;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import io.heliograph.testsupport.ArchitectureRules;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.config.ConfigMapping;
import jakarta.ws.rs.Path;

/** The rules of CONTRIBUTING.md that a compiler cannot hold. */
@AnalyzeClasses(packages = "io.heliograph.message", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule FEATURES_HAVE_NO_CYCLES =
            slices().matching("io.heliograph.message.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule CLASSES_HAVE_NO_CYCLES = ArchitectureRules.classesHaveNoCycles();

    @ArchTest
    static final ArchRule SIMPLE_NAMES_ARE_UNIQUE = ArchitectureRules.simpleNamesAreUnique();

    @ArchTest
    static final ArchRule SQL_IS_IN_REPOSITORIES = noClasses()
            .that()
            .haveNameNotMatching(".*Repository(\\$\\w+)?")
            .and()
            .resideOutsideOfPackage("..database..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.vertx.sqlclient..", "io.vertx.mutiny.sqlclient..", "io.vertx.pgclient..", "java.sql..");

    @ArchTest
    static final ArchRule RESOURCES_ARE_NAMED_SO = classes()
            .that()
            .areAnnotatedWith(Path.class)
            // A client of another service is an interface.
            .and()
            .areNotInterfaces()
            .should()
            .haveSimpleNameEndingWith("Resource")
            .andShould()
            .notBePublic();

    @ArchTest
    static final ArchRule CONFIGS_ARE_NAMED_SO = classes()
            .that()
            .areAnnotatedWith(ConfigMapping.class)
            .should()
            .haveSimpleNameEndingWith("Config")
            .andShould()
            .beInterfaces();

    @ArchTest
    static final ArchRule NO_NAME_SAYS_NOTHING =
            noClasses().should().haveNameMatching(".*(Impl|Manager|Helper|Utils?|DTO|Dto)");

    @ArchTest
    static final ArchRule REDIS_IS_IN_STORES_AND_BUSES = noClasses()
            .that()
            .haveNameNotMatching(".*(Store|Bus)(\\$.*)?")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.vertx.redis..", "io.vertx.mutiny.redis..", "io.quarkus.redis..");

    /** By itself a native executable knows only what the signatures of resources name. */
    @ArchTest
    static final ArchRule WHAT_JACKSON_BINDS_ELSEWHERE_IS_REGISTERED = classes()
            .that(describe("have a mapper", type -> type.getDirectDependenciesFromSelf().stream()
                    .anyMatch(used -> used.getTargetClass().isEquivalentTo(ObjectMapper.class))))
            .should(new ArchCondition<JavaClass>("name only classes of ours that are registered for reflection") {
                @Override
                public void check(JavaClass binding, ConditionEvents events) {
                    binding.getReferencedClassObjects().stream()
                            .map(ReferencedClassObject::getRawType)
                            .filter(named -> named.getPackageName().startsWith("io.heliograph"))
                            .filter(named -> !named.isAnnotatedWith(RegisterForReflection.class))
                            .map(named -> binding.getName() + " binds " + named.getName())
                            .map(problem -> SimpleConditionEvent.violated(binding, problem))
                            .forEach(events::add);
                }
            });
}
