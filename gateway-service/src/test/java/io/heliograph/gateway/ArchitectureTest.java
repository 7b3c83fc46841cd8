package io.heliograph.gateway;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.heliograph.gateway.pipeline.Exchange;
import io.heliograph.gateway.pipeline.FilterChain;
import io.heliograph.gateway.upstream.client.UpstreamRequest;
import io.heliograph.gateway.upstream.client.UpstreamResponse;
import io.heliograph.testsupport.ArchitectureRules;

@AnalyzeClasses(packagesOf = ArchitectureTest.class, importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule featuresAreFreeOfCycles =
            slices().matching("io.heliograph.gateway.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule namesSayWhatTypesAre = ArchitectureRules.namesSayWhatTypesAre();

    /** These coordinate features of other services, or have SQL; a filter is neither. */
    @ArchTest
    static final ArchRule thereAreNeitherServicesNorRepositories =
            noClasses().should().haveNameMatching(".*(Service|Repository)");

    @ArchTest
    static final ArchRule configsAreNamedSo = ArchitectureRules.configsAreNamedSo();

    @ArchTest
    static final ArchRule thereAreNoServiceLocators = ArchitectureRules.thereAreNoServiceLocators();

    /** Except two pairs whose types call each other: an exchange and its filters, a request and its response. */
    @ArchTest
    static final ArchRule publicTypesAreFreeOfCycles = ArchitectureRules.publicTypesHaveNoCycles()
            .ignoreDependency(belongToAnyOf(FilterChain.class), belongToAnyOf(Exchange.class))
            .ignoreDependency(belongToAnyOf(UpstreamResponse.class), belongToAnyOf(UpstreamRequest.class));

    @ArchTest
    static final ArchRule simpleNamesHaveOneMeaning = ArchitectureRules.simpleNamesAreUnique();

    @ArchTest
    static final ArchRule redisIsInStoresAndBuses = ArchitectureRules.redisIsInStoresAndBuses();

    @ArchTest
    static final ArchRule theGatewayHasNoDatabase =
            noClasses().should().dependOnClassesThat().resideInAnyPackage("java.sql..", "io.vertx.sqlclient..");
}
