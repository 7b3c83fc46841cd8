package io.heliograph.testsupport;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import io.heliograph.testsupport.violation.CycleStart;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each rule finds its violation in the package {@code violation}, and no other. */
class ArchitectureRulesTest {

    @ParameterizedTest
    @MethodSource("rules")
    void shouldFindViolations(ArchRule rule, List<String> violations) {
        List<String> details = rule.evaluate(new ClassFileImporter().importPackagesOf(CycleStart.class))
                .getFailureReport()
                .getDetails();

        assertEquals(
                violations.size(),
                details.stream()
                        .filter(detail -> violations.stream().anyMatch(detail::contains))
                        .count(),
                details::toString);
        assertEquals(violations.size(), details.size(), details::toString);
    }

    static Stream<Arguments> rules() {
        return Map.of(
                        ArchitectureRules.classesHaveNoCycles(), List.of("Cycle detected"),
                        ArchitectureRules.publicTypesHaveNoCycles(), List.of("Cycle detected"),
                        ArchitectureRules.simpleNamesAreUnique(), List.of("Duplicate"),
                        ArchitectureRules.redisIsInStoresAndBuses(), List.of("RedisClient.redis"),
                        ArchitectureRules.sqlIsInRepositories(), List.of("StatementRunner.pool"),
                        ArchitectureRules.queriesRunOnConnections(), List.of("PoolRepository.run"),
                        ArchitectureRules.namesSayWhatTypesAre(), List.of("EventManager"),
                        ArchitectureRules.thereAreNoServiceLocators(), List.of("Backend hands out"))
                .entrySet()
                .stream()
                .map(each -> Arguments.of(each.getKey(), each.getValue()));
    }
}
