package io.heliograph.client;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.heliograph.testsupport.ArchitectureRules;

@AnalyzeClasses(packages = "io.heliograph.client", importOptions = ImportOption.DoNotIncludeTests.class)
class ClientArchitectureTest {

    @ArchTest
    static final ArchRule NEEDS_THE_JDK_AND_JACKSON_ONLY = classes()
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("io.heliograph.client", "java..", "com.fasterxml.jackson..");

    @ArchTest
    static final ArchRule SPEAKS_HTTP_BY_THE_CLIENT_OF_THE_JDK = classes()
            .should()
            .onlyDependOnClassesThat()
            .doNotHaveFullyQualifiedName("java.net.HttpURLConnection")
            .andShould()
            .onlyDependOnClassesThat()
            .doNotHaveFullyQualifiedName("java.net.Socket");

    @ArchTest
    static final ArchRule SIMPLE_NAMES_ARE_UNIQUE = ArchitectureRules.simpleNamesAreUnique();

    @ArchTest
    static final ArchRule CLASSES_HAVE_NO_CYCLES = ArchitectureRules.classesHaveNoCycles();
}
