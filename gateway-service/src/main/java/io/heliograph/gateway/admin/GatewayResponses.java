package io.heliograph.gateway.admin;

import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The responses of the gateway itself in place of a service: components of its own description. Where an operation
 * describes such a status for itself, the codes of the gateway are added to its own; and the headers that the gateway
 * sets are on each response.
 */
final class GatewayResponses {

    private static final String REFERENCE = "#/components/responses/";
    private static final Pattern CODE = Pattern.compile("`([a-z0-9_]+)`");

    /** To any request that is routed. */
    private static final List<String> OF_ALL = List.of("400", "403", "414", "429", "431", "500", "502", "503", "504");

    private static final List<String> OF_BODIES = List.of("408", "413", "415");
    private static final List<String> HEADERS = List.of("Server-Timing", "RateLimit-Policy", "RateLimit");

    /** The name of the component and the codes of the gateway, by status. */
    private final Map<String, OwnResponse> byStatus = new TreeMap<>();

    private record OwnResponse(String name, List<String> codes) {}

    GatewayResponses(JsonObject components) {
        components.getJsonObject("responses").forEach(component -> {
            JsonObject response = (JsonObject) component.getValue();
            byStatus.put(status(response), new OwnResponse(component.getKey(), codes(response)));
        });
    }

    void addTo(JsonObject operation) {
        JsonObject responses = operation.getJsonObject("responses");
        OF_ALL.forEach(status -> add(responses, status));
        if (operation.containsKey("requestBody")) {
            OF_BODIES.forEach(status -> add(responses, status));
        }
        responses.forEach(response -> addHeaders((JsonObject) response.getValue()));
    }

    private void add(JsonObject responses, String status) {
        OwnResponse gateway = byStatus.get(status);
        JsonObject own = responses.getJsonObject(status);
        if (own == null) {
            responses.put(status, new JsonObject().put("$ref", REFERENCE + gateway.name()));
        } else if (!own.containsKey("$ref")) {
            addCodes(own, gateway.codes());
        }
    }

    /** Adds the codes of another response of the same status. */
    static void addCodes(JsonObject response, JsonObject other) {
        addCodes(response, codes(other));
    }

    private static void addCodes(JsonObject response, List<String> codes) {
        String description = response.getString("description");
        String missing = codes.stream()
                .filter(code -> !description.contains(code))
                .map(code -> ", " + code)
                .collect(Collectors.joining());
        response.put("description", description + missing);
    }

    private void addHeaders(JsonObject response) {
        if (response.containsKey("$ref")) {
            return;
        }
        JsonObject headers = response.getJsonObject("headers", new JsonObject());
        HEADERS.forEach(name -> headers.put(name, new JsonObject().put("$ref", "#/components/headers/" + name)));
        response.put("headers", headers);
    }

    private static List<String> codes(JsonObject response) {
        return CODE.matcher(response.getString("description"))
                .results()
                .map(code -> code.group())
                .toList();
    }

    /** Of the example, which each has. */
    private static String status(JsonObject response) {
        return response.getJsonObject("content")
                .getJsonObject("application/problem+json")
                .getJsonObject("example")
                .getInteger("status")
                .toString();
    }
}
