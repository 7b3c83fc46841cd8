package io.heliograph.testsupport.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import io.heliograph.testsupport.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Checks exchanges against an OpenAPI document, which must allow every accepted request and declare every response with
 * its status, media type, headers and schema, and for a problem with its code.
 */
public final class ApiContract {

    /** Statuses that any path may return without a description: unknown path, unknown method. */
    private static final Set<Integer> OF_NO_OPERATION = Set.of(404, 405, 501);

    /** Rejections before the request is read. */
    private static final Set<Integer> OF_ANY_REQUEST = Set.of(431);

    private static final String PROBLEM = "application/problem+json";

    /** Rows of these bodies are validated one by one, so that a body with invalid rows is accepted. */
    private static final Set<String> JUDGED_BY_ROW = Set.of("createUsers");

    private final ApiDocument document;

    public ApiContract(ApiDocument document) {
        this.document = document;
    }

    /** Throws an {@link AssertionError} that names all faults. */
    public void check(Exchange exchange) {
        List<String> faults = faults(exchange);
        if (!faults.isEmpty()) {
            throw new AssertionError("The description of the API does not allow %s %s with the answer %d %s: %s"
                    .formatted(
                            exchange.method(),
                            exchange.path(),
                            exchange.status(),
                            shortened(exchange.body()),
                            String.join("; ", faults)));
        }
    }

    List<String> faults(Exchange exchange) {
        if (OF_ANY_REQUEST.contains(exchange.status())) {
            return List.of();
        }
        Optional<String> template = document.template(exchange.path());
        String method = exchange.method().equals("HEAD") ? "GET" : exchange.method();
        JsonNode operation =
                template.map(path -> document.operation(path, method)).orElse(null);
        if (operation == null || operation.isMissingNode()) {
            return OF_NO_OPERATION.contains(exchange.status()) || method.equals("OPTIONS")
                    ? List.of()
                    : List.of("there is no such operation");
        }
        if (!operation.has("operationId")) {
            // It has no description yet, which DescriptionRules reports once instead of every test.
            return List.of();
        }
        List<String> faults = new ArrayList<>();
        if (exchange.succeeded()) {
            checkParameters(operation, exchange, faults);
            checkRequestBody(operation, exchange, faults);
        }
        JsonNode response = document.resolve(operation.get("responses").path(Integer.toString(exchange.status())));
        if (response.isMissingNode()) {
            faults.add("it has no such status");
        } else {
            checkHeaders(response, exchange, faults);
            checkBody(response, exchange, faults);
        }
        return faults;
    }

    private void checkParameters(JsonNode operation, Exchange exchange, List<String> faults) {
        exchange.query().forEach((name, value) -> {
            JsonNode described = null;
            for (JsonNode parameter : operation.path("parameters")) {
                if (parameter.get("name").asText().equals(name)
                        && parameter.get("in").asText().equals("query")) {
                    described = parameter.get("schema");
                }
            }
            if (described != null) {
                List<String> found = document.faults(described, typed(described, value));
                found.forEach(fault -> faults.add("parameter " + name + " " + fault));
            }
        });
    }

    private void checkRequestBody(JsonNode operation, Exchange exchange, List<String> faults) {
        if (exchange.requestBody() == null) {
            if (operation.at("/requestBody/required").asBoolean()) {
                faults.add("the body of the request is required");
            }
            return;
        }
        JsonNode schema =
                operation.at("/requestBody/content").path("application/json").path("schema");
        if (!schema.isMissingNode()
                && !exchange.requestBody().isEmpty()
                && !JUDGED_BY_ROW.contains(operation.path("operationId").asText())) {
            document.faults(schema, Json.parse(exchange.requestBody()))
                    .forEach(fault -> faults.add("the body of the request " + fault));
        }
    }

    private void checkHeaders(JsonNode response, Exchange exchange, List<String> faults) {
        for (Map.Entry<String, JsonNode> header : response.path("headers").properties()) {
            JsonNode described = document.resolve(header.getValue());
            String value = exchange.header(header.getKey());
            if (value == null && described.path("required").asBoolean()) {
                faults.add("there is no header " + header.getKey());
            } else if (value != null) {
                JsonNode schema = described.get("schema");
                document.faults(schema, typed(schema, value))
                        .forEach(fault -> faults.add("header " + header.getKey() + " " + fault));
            }
        }
    }

    private void checkBody(JsonNode response, Exchange exchange, List<String> faults) {
        JsonNode content = response.path("content");
        if (exchange.body().isEmpty()) {
            // A file of text may be empty.
            boolean text = content.properties().stream()
                    .noneMatch(type -> type.getKey().equals("application/json")
                            || type.getKey().endsWith("+json"));
            if (!content.isMissingNode() && !text && !exchange.method().equals("HEAD")) {
                faults.add("there is no body");
            }
            return;
        }
        JsonNode body = exchange.mediaType() == null ? null : content.get(exchange.mediaType());
        if (body == null) {
            faults.add("it has no body of the type " + exchange.mediaType());
        } else if (exchange.mediaType().endsWith("json")) {
            JsonNode answer = Json.parse(exchange.body());
            faults.addAll(document.faultsOfAnswer(body.get("schema"), answer));
            checkCode(response, exchange, answer, faults);
        }
    }

    private static void checkCode(JsonNode response, Exchange exchange, JsonNode answer, List<String> faults) {
        String code = answer.path("code").asText();
        if (exchange.mediaType().equals(PROBLEM)
                && !response.get("description").asText().contains('`' + code + '`')) {
            faults.add("it has no such code with this status");
        }
    }

    private static JsonNode typed(JsonNode schema, String value) {
        String type = schema.path("type").asText();
        boolean number = type.equals("integer") && value.matches("-?\\d{1,18}");
        return number ? Json.parse(value) : Json.text(value);
    }

    private static String shortened(String body) {
        return body.length() > 1_000 ? body.substring(0, 1_000) + '…' : body;
    }
}
