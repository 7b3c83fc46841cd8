package io.heliograph.testsupport;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * A call that a service describes in its OpenAPI document, for tests of what must hold for every call.
 *
 * @param path with a value for each of its parameters
 * @param template the path as the document has it
 * @param mediaTypes of the body that the call takes; none if it takes no body
 * @param headers that the call reads
 */
public record ApiCall(String method, String path, String template, List<String> mediaTypes, List<String> headers) {

    private static final Set<String> METHODS = Set.of("get", "put", "post", "delete", "patch");

    /** All calls of this document, in JSON. */
    public static List<ApiCall> of(String openApi) {
        try {
            List<ApiCall> calls = new ArrayList<>();
            for (Map.Entry<String, JsonNode> path :
                    new ObjectMapper().readTree(openApi).get("paths").properties()) {
                for (Map.Entry<String, JsonNode> operation : path.getValue().properties()) {
                    if (METHODS.contains(operation.getKey())) {
                        calls.add(of(path.getKey(), operation.getKey(), operation.getValue()));
                    }
                }
            }
            return List.copyOf(calls);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    public boolean takesBody() {
        return !mediaTypes.isEmpty();
    }

    @Override
    public String toString() {
        return method + " " + template;
    }

    private static ApiCall of(String template, String method, JsonNode operation) {
        List<String> mediaTypes = operation.path("requestBody").path("content").properties().stream()
                .map(Map.Entry::getKey)
                .toList();
        List<String> headers = new ArrayList<>();
        for (JsonNode parameter : operation.path("parameters")) {
            if (parameter.path("in").asText().equals("header")) {
                headers.add(parameter.path("name").asText());
            }
        }
        return new ApiCall(
                method.toUpperCase(Locale.ROOT), filled(template), template, mediaTypes, List.copyOf(headers));
    }

    private static String filled(String template) {
        return template.replaceAll("\\{seq[^}]*}", "1")
                .replace("{emoji}", "%F0%9F%91%8D")
                .replaceAll("\\{[^}]+}", UUID.randomUUID().toString());
    }
}
