package io.heliograph.gateway;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packagesOf = ArchitectureTest.class, importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule featuresAreFreeOfCycles =
            slices().matching("io.heliograph.gateway.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule namesSayWhatThingsAre =
            noClasses().should().haveNameMatching(".*(Impl|Manager|Helper|Utils?|DTO|Dto|Service|Repository)");

    @ArchTest
    static final ArchRule theGatewayHasNoDatabase =
            noClasses().should().dependOnClassesThat().resideInAnyPackage("java.sql..", "io.vertx.sqlclient..");

    @ArchTest
    static final ArchRule tokensKnowNothingOfTheGateway = noClasses()
            .that()
            .resideInAPackage("..gateway.token..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("..gateway.problem..", "..gateway.exchange..", "..gateway.route..");
}
