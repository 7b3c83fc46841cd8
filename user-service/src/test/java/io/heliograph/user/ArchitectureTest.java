package io.heliograph.user;

import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.heliograph.testsupport.ArchitectureRules;

/** The rules of CONTRIBUTING.md that a compiler cannot check. */
@AnalyzeClasses(
        packages = {"io.heliograph.user", "io.heliograph.database"},
        importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule FEATURES_HAVE_NO_CYCLES =
            slices().matching("io.heliograph.user.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule CLASSES_HAVE_NO_CYCLES = ArchitectureRules.classesHaveNoCycles();

    /** {@code external} has its own reader of the key sets of other issuers. */
    @ArchTest
    static final ArchRule SIMPLE_NAMES_ARE_UNIQUE = ArchitectureRules.simpleNamesAreUnique("KeySet");

    @ArchTest
    static final ArchRule SQL_IS_IN_REPOSITORIES = ArchitectureRules.sqlIsInRepositories();

    @ArchTest
    static final ArchRule QUERIES_RUN_ON_CONNECTIONS = ArchitectureRules.queriesRunOnConnections();

    @ArchTest
    static final ArchRule REDIS_IS_IN_STORES_AND_BUSES = ArchitectureRules.redisIsInStoresAndBuses();

    @ArchTest
    static final ArchRule RESOURCES_ARE_NAMED_SO = ArchitectureRules.resourcesAreNamedSo();

    @ArchTest
    static final ArchRule CONFIGS_ARE_NAMED_SO = ArchitectureRules.configsAreNamedSo();

    @ArchTest
    static final ArchRule NAMES_SAY_WHAT_TYPES_ARE = ArchitectureRules.namesSayWhatTypesAre();

    @ArchTest
    static final ArchRule THERE_ARE_NO_SERVICE_LOCATORS = ArchitectureRules.thereAreNoServiceLocators();

    /** By itself a native executable contains only what the signatures of resources name. */
    @ArchTest
    static final ArchRule BOUND_TYPES_ARE_REGISTERED = ArchitectureRules.boundTypesAreRegistered();
}
