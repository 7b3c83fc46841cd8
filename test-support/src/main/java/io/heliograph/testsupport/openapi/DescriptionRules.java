package io.heliograph.testsupport.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The required parts of every operation: an {@code operationId} of its own in camelCase, a summary without a full stop,
 * a description, one tag, and for each body of JSON an example that its schema allows.
 */
public final class DescriptionRules {

    private static final Set<String> METHODS = Set.of("get", "put", "post", "delete", "patch");
    private static final String CAMEL_CASE = "[a-z][a-zA-Z]*";

    private final ApiDocument document;
    private final List<String> violations = new ArrayList<>();
    private final Set<String> ids = new HashSet<>();

    private DescriptionRules(ApiDocument document) {
        this.document = document;
    }

    /** Throws an {@link AssertionError} that names what is missing. */
    public static void check(ApiDocument document) {
        DescriptionRules rules = new DescriptionRules(document);
        document.paths().properties().forEach(path -> path.getValue().properties().stream()
                .filter(operation -> METHODS.contains(operation.getKey()))
                .forEach(operation -> rules.check(operation.getKey() + " " + path.getKey(), operation.getValue())));
        if (!rules.violations.isEmpty()) {
            throw new AssertionError("The description of the API is not complete: " + rules.violations);
        }
    }

    private void check(String call, JsonNode operation) {
        String id = operation.path("operationId").asText();
        require(id.matches(CAMEL_CASE) && ids.add(id), call + " has no operationId of its own");
        String summary = operation.path("summary").asText();
        require(!summary.isBlank() && !summary.endsWith("."), call + " has no summary, or one with a full stop");
        require(!operation.path("description").asText().isBlank(), call + " has no description");
        require(operation.path("tags").size() == 1, call + " has not one tag");
        checkExamples(call, operation.path("requestBody"));
        operation.path("responses").forEach(response -> checkExamples(call, document.resolve(response)));
    }

    private void checkExamples(String call, JsonNode body) {
        for (Map.Entry<String, JsonNode> content : body.path("content").properties()) {
            if (content.getKey().endsWith("json")) {
                JsonNode example = content.getValue().path("example");
                require(!example.isMissingNode(), call + " has a body without an example");
                if (!example.isMissingNode()) {
                    document.faultsOfAnswer(content.getValue().get("schema"), example)
                            .forEach(fault -> violations.add(call + " has the example " + example + ": " + fault));
                }
            }
        }
    }

    private void require(boolean condition, String violation) {
        if (!condition) {
            violations.add(violation);
        }
    }
}
