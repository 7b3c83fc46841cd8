package io.heliograph.testsupport;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.ReferencedClassObject;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import com.tngtech.archunit.library.dependencies.SliceRule;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** The rules of CONTRIBUTING.md that are the same in every service. */
public final class ArchitectureRules {

    private ArchitectureRules() {}

    /**
     * One simple name has one meaning in a service. Private types do not count, as they are seen in one file only.
     *
     * @param exceptions names that may be those of several types
     */
    public static ArchRule simpleNamesAreUnique(String... exceptions) {
        return classes().should(new ArchCondition<>("have a simple name of their own") {

            private Map<String, List<JavaClass>> namesakes;

            @Override
            public void init(Collection<JavaClass> all) {
                namesakes = all.stream()
                        .filter(type -> !type.getSimpleName().isEmpty())
                        .filter(type -> !List.of(exceptions).contains(type.getSimpleName()))
                        .filter(type -> !type.getModifiers().contains(JavaModifier.PRIVATE))
                        .filter(type -> !type.getModifiers().contains(JavaModifier.SYNTHETIC))
                        .collect(Collectors.groupingBy(JavaClass::getSimpleName));
            }

            @Override
            public void check(JavaClass type, ConditionEvents events) {
                List<JavaClass> found = namesakes.getOrDefault(type.getSimpleName(), List.of());
                if (found.size() > 1 && found.get(0).equals(type)) {
                    events.add(SimpleConditionEvent.violated(
                            type,
                            "one name for several types: "
                                    + found.stream()
                                            .map(JavaClass::getName)
                                            .sorted()
                                            .toList()));
                }
            }
        });
    }

    /** A public type can be read without the others; nested types belong to the type that contains them. */
    public static SliceRule publicTypesHaveNoCycles() {
        return haveNoCycles(type -> type.getModifiers().contains(JavaModifier.PUBLIC), "public types");
    }

    /** No cycles between classes, also inside of a package; nested types belong to the type that contains them. */
    public static SliceRule classesHaveNoCycles() {
        return haveNoCycles(type -> true, "classes");
    }

    /** Redis is accessed only by types named {@code *Store} and {@code *Bus}, and by {@code libs/redis}. */
    public static ArchRule redisIsInStoresAndBuses() {
        return noClasses()
                .that()
                .haveNameNotMatching(".*(Store|Bus)(\\$.*)?")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.vertx.redis..", "io.vertx.mutiny.redis..", "io.quarkus.redis..");
    }

    /** SQL is only in types named {@code *Repository}, and in the package {@code database}. */
    public static ArchRule sqlIsInRepositories() {
        return noClasses()
                .that()
                .haveNameNotMatching(".*Repository(\\$\\w+)?")
                .and()
                .resideOutsideOfPackage("..database..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "io.vertx.sqlclient..", "io.vertx.mutiny.sqlclient..", "io.vertx.pgclient..", "java.sql..");
    }

    /**
     * Queries run on a connection of a pool. A query of the pool itself leaks its timer when the queue of the pool is full,
     * and each such timer logs an error later.
     */
    public static ArchRule queriesRunOnConnections() {
        return noClasses()
                .should()
                .callMethodWhere(describe(
                        "a query of a pool",
                        call -> call.getTarget()
                                        .getOwner()
                                        .getName()
                                        .matches("io\\.vertx\\.(mutiny\\.)?sqlclient\\.Pool")
                                && List.of("query", "preparedQuery").contains(call.getName())));
    }

    /** Resources end with {@code Resource} and are not public. An interface is a client of another service. */
    public static ArchRule resourcesAreNamedSo() {
        return classes()
                .that()
                .areAnnotatedWith("jakarta.ws.rs.Path")
                .and()
                .areNotInterfaces()
                .should()
                .haveSimpleNameEndingWith("Resource")
                .andShould()
                .notBePublic();
    }

    public static ArchRule configsAreNamedSo() {
        return classes()
                .that()
                .areAnnotatedWith("io.smallrye.config.ConfigMapping")
                .should()
                .haveSimpleNameEndingWith("Config")
                .andShould()
                .beInterfaces();
    }

    /** No type is named after a pattern instead of what it is, or after what it holds for others. */
    public static ArchRule namesSayWhatTypesAre() {
        return noClasses()
                .should()
                .haveNameMatching(
                        ".*(Impl|Manager|Helper|Utils?|DTO|Dto|Locator|Toolbox|Beans|Components|Dependencies)");
    }

    /**
     * No type hands out the beans that it has: a class gets what it uses. Two are permitted, since a type may delegate
     * to them.
     */
    public static ArchRule thereAreNoServiceLocators() {
        return classes().should(new ArchCondition<>("hand out no more than two of the beans that they have") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                Set<JavaClass> beans = type.getFields().stream()
                        .map(field -> field.getRawType())
                        .filter(ArchitectureRules::isBean)
                        .collect(Collectors.toSet());
                List<String> accessors = type.getMethods().stream()
                        .filter(method -> !method.getModifiers().contains(JavaModifier.PRIVATE))
                        .filter(method -> method.getRawParameterTypes().isEmpty())
                        .filter(method -> beans.contains(method.getRawReturnType()))
                        .map(JavaMethod::getName)
                        .sorted()
                        .toList();
                if (accessors.size() > 2) {
                    events.add(SimpleConditionEvent.violated(type, type.getName() + " hands out " + accessors));
                }
            }
        });
    }

    private static boolean isBean(JavaClass type) {
        return type.isAnnotatedWith("jakarta.inject.Singleton")
                || type.isAnnotatedWith("jakarta.enterprise.context.ApplicationScoped")
                || type.isAnnotatedWith("jakarta.enterprise.context.Dependent");
    }

    /** Types that Jackson binds outside of resources are registered for native executables. */
    public static ArchRule boundTypesAreRegistered() {
        return classes()
                .that(describe("have a mapper", type -> type.getDirectDependenciesFromSelf().stream()
                        .anyMatch(used ->
                                used.getTargetClass().getName().equals("com.fasterxml.jackson.databind.ObjectMapper"))))
                .should(new ArchCondition<>("name only classes of ours that are registered for reflection") {
                    @Override
                    public void check(JavaClass binding, ConditionEvents events) {
                        binding.getReferencedClassObjects().stream()
                                .map(ReferencedClassObject::getRawType)
                                .filter(named -> named.getPackageName().startsWith("io.heliograph"))
                                .filter(named ->
                                        !named.isAnnotatedWith("io.quarkus.runtime.annotations.RegisterForReflection"))
                                .map(named -> binding.getName() + " binds " + named.getName())
                                .map(problem -> SimpleConditionEvent.violated(binding, problem))
                                .forEach(events::add);
                    }
                });
    }

    private static SliceRule haveNoCycles(Predicate<JavaClass> included, String description) {
        return slices().assignedFrom(new SliceAssignment() {

                    @Override
                    public SliceIdentifier getIdentifierOf(JavaClass type) {
                        JavaClass outer = type;
                        while (outer.getEnclosingClass().isPresent()) {
                            outer = outer.getEnclosingClass().get();
                        }
                        return included.test(outer) ? SliceIdentifier.of(outer.getName()) : SliceIdentifier.ignore();
                    }

                    @Override
                    public String getDescription() {
                        return description;
                    }
                })
                .should()
                .beFreeOfCycles();
    }
}
