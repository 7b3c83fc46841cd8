package io.heliograph.openapi;

import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.headers.Header;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;

/**
 * The headers of responses, each a component, which annotations refer to as well: {@code X-Request-Id} on all,
 * {@code Retry-After} on 429 and 503, {@code WWW-Authenticate} on 401, {@code ETag} where a precondition takes it.
 */
final class ResponseHeaders {

    private static final String ETAG = "ETag";

    private ResponseHeaders() {}

    static void complete(OpenAPI document) {
        define(document);
        for (Operation operation : Schemas.operations(document)) {
            if (hasParameter(operation, "If-None-Match")) {
                operation
                        .getResponses()
                        .addAPIResponse(
                                "304",
                                OASFactory.createAPIResponse().description("One of the versions named is valid"));
            }
            boolean tagged = hasParameter(operation, "If-None-Match") || hasParameter(operation, "If-Match");
            operation.getResponses().getAPIResponses().forEach((status, response) -> {
                if (tagged && (status.equals("200") || status.equals("304"))) {
                    refer(response, ETAG);
                }
                complete(status, response);
            });
        }
        document.getComponents().getResponses().values().forEach(response -> complete(status(response), response));
    }

    private static void complete(String status, APIResponse response) {
        if (response.getRef() != null) {
            return;
        }
        refer(response, "X-Request-Id");
        switch (status) {
            case "401" -> refer(response, "WWW-Authenticate");
            case "429", "503" -> refer(response, "Retry-After");
            default -> {}
        }
    }

    /** Of the example, which each component has. */
    private static String status(APIResponse response) {
        Object example = Schemas.mediaTypes(response.getContent()).get(0).getExample();
        return ((Map<?, ?>) example).get("status").toString();
    }

    private static boolean hasParameter(Operation operation, String name) {
        return operation.getParameters() != null
                && operation.getParameters().stream().anyMatch(parameter -> name.equals(parameter.getName()));
    }

    /** Unless the operation says something of its own about this header. */
    private static void refer(APIResponse response, String name) {
        if (response.getHeaders() == null || !response.getHeaders().containsKey(name)) {
            response.addHeader(name, OASFactory.createHeader().ref(name));
        }
    }

    private static void define(OpenAPI document) {
        List.of(
                        named(ETAG, "The version of what was returned, for `If-Match` and `If-None-Match`", "\"7-3\""),
                        named(
                                "Location",
                                "The address of the created resource",
                                "/api/jobs/0197f2c4-6d1e-7a51-9a3b-5f0c2d4e6a81"),
                        named(
                                "X-Request-Id",
                                "The id of the request, or a new one",
                                "4bf92f3577b34da6a3ce929d0e0e4736"),
                        named("WWW-Authenticate", "The scheme, and why a token was rejected", "Bearer"),
                        named("Set-Cookie", "A cookie by which a known device is recognized", "device=…; HttpOnly"),
                        named("Cache-Control", "How long a cache may keep it, and for whom", "public, max-age=300"),
                        named("Content-Disposition", "The name of the file", "attachment; filename=\"export.jsonl\""))
                .forEach(header -> document.getComponents().addHeader(header.getKey(), header.getValue()));
        Header retryAfter =
                header("The number of seconds to wait before a retry").example(1);
        retryAfter.setSchema(
                OASFactory.createSchema().addType(SchemaType.INTEGER).minimum(java.math.BigDecimal.ZERO));
        document.getComponents().addHeader("Retry-After", retryAfter);
    }

    private static Map.Entry<String, Header> named(String name, String description, String example) {
        return Map.entry(name, header(description).example(example));
    }

    private static Header header(String description) {
        return OASFactory.createHeader()
                .description(description)
                .required(true)
                .schema(OASFactory.createSchema().addType(SchemaType.STRING));
    }
}
