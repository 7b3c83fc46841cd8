package io.heliograph.e2e.documents;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.heliograph.e2e.testsupport.Heliograph;
import io.heliograph.e2e.testsupport.RunningHeliograph;
import io.heliograph.testsupport.Json;
import io.heliograph.testsupport.openapi.ApiDocument;
import io.heliograph.testsupport.openapi.DescriptionRules;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The merged description of the API is complete, is the one in docs, and has no change that breaks a client unless the
 * changelog names it.
 */
@ExtendWith(RunningHeliograph.class)
class OpenApiDocumentTest {

    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Path COPY = ROOT.resolve("docs/openapi.json");
    private static final String COMMAND = "Write it anew: ./mvnw -pl e2e-tests -am verify -Dit.test=OpenApiDocumentTest"
            + " -Dtest=OpenApiDocumentTest -Dsurefire.failIfNoSpecifiedTests=false"
            + " -Dfailsafe.failIfNoSpecifiedTests=false -Dopenapi.write=true";

    private final Heliograph heliograph;

    OpenApiDocumentTest(Heliograph heliograph) {
        this.heliograph = heliograph;
    }

    @Test
    void shouldEqualItsCopyAndNameBreakingChangesInTheChangelog() throws IOException {
        JsonNode document =
                heliograph.gateway().get("/api/docs/openapi.json").expect(200).body();

        DescriptionRules.check(ApiDocument.of(document.toString()));
        if (Files.exists(COPY)) {
            List<String> unnamed = ApiChanges.breaking(Json.parse(Files.readString(COPY)), document).stream()
                    .filter(change -> !isNamed(change))
                    .toList();
            assertEquals(
                    List.of(),
                    unnamed,
                    "A change that breaks clients needs a line under Unreleased in CHANGELOG.md that begins with"
                            + " *Breaking* and names the operation in backticks.");
        }
        if (Boolean.getBoolean("openapi.write")) {
            Files.writeString(COPY, pretty(document));
        }
        assertEquals(pretty(document), Files.readString(COPY), COMMAND);
    }

    private static boolean isNamed(String change) {
        String operation = '`' + change.substring(0, change.indexOf(':')) + '`';
        return unreleased().lines().anyMatch(line -> line.startsWith("- *Breaking*") && line.contains(operation));
    }

    private static String unreleased() {
        try {
            String changelog = Files.readString(ROOT.resolve("CHANGELOG.md"));
            int start = changelog.indexOf("## [Unreleased]");
            int end = changelog.indexOf("\n## [", start + 1);
            return changelog.substring(start, end < 0 ? changelog.length() : end);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** In the order of the names, so that the order in which services are asked makes no difference. */
    private static String pretty(JsonNode document) {
        DefaultPrettyPrinter printer = new DefaultPrettyPrinter();
        printer.indentArraysWith(DefaultIndenter.SYSTEM_LINEFEED_INSTANCE);
        ObjectMapper mapper = new ObjectMapper().enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS);
        try {
            Object sorted = mapper.treeToValue(document, Object.class);
            return mapper.writer(printer).writeValueAsString(sorted) + '\n';
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
