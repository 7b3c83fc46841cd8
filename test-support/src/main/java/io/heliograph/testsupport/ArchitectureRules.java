package io.heliograph.testsupport;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
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
