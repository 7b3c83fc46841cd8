package io.heliograph.gateway;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

@AnalyzeClasses(packagesOf = ArchitectureTest.class, importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule featuresAreFreeOfCycles =
            slices().matching("io.heliograph.gateway.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule namesSayWhatThingsAre =
            noClasses().should().haveNameMatching(".*(Impl|Manager|Helper|Utils?|DTO|Dto|Service|Repository)");

    @ArchTest
    static void simpleNamesHaveOneMeaning(JavaClasses classes) {
        Map<String, List<String>> types = classes.stream()
                .filter(type -> !type.getSimpleName().isEmpty())
                .collect(groupingBy(JavaClass::getSimpleName, TreeMap::new, mapping(JavaClass::getName, toList())));
        types.values().removeIf(names -> names.size() == 1);

        assertEquals(Map.of(), types);
    }

    @ArchTest
    static final ArchRule redisIsInStoresAndBuses = noClasses()
            .that()
            .haveNameNotMatching(".*(Store|Bus)(\\$.*)?")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.vertx.redis..");

    @ArchTest
    static final ArchRule theGatewayHasNoDatabase =
            noClasses().should().dependOnClassesThat().resideInAnyPackage("java.sql..", "io.vertx.sqlclient..");
}
