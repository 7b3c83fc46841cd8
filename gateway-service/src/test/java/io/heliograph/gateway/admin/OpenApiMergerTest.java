package io.heliograph.gateway.admin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;

class OpenApiMergerTest {

    private final JsonObject own = new JsonObject(ApiDescription.readResource("docs/openapi.json"));

    @Test
    void shouldRenameDifferentSchemasOfOneName() {
        OpenApiMerger merge = new OpenApiMerger(path -> "users", own);

        merge.add(service("/api/users/a", "string"));
        merge.add(service("/api/users/b", "string"));
        merge.add(service("/api/users/c", "integer"));

        JsonObject schemas = merge.merged().getJsonObject("components").getJsonObject("schemas");
        assertTrue(schemas.containsKey("Name") && schemas.containsKey("Name2") && !schemas.containsKey("Name3"));
        assertEquals("integer", schemas.getJsonObject("Name2").getString("type"));
        assertEquals("#/components/schemas/Name", schema(merge, "/api/users/b"));
        assertEquals("#/components/schemas/Name2", schema(merge, "/api/users/c"));
    }

    @Test
    void shouldDescribeRoutedAndOwnOperationsOnly() {
        OpenApiMerger merge = new OpenApiMerger(
                path -> path.startsWith("/api/users") || path.equals("/api/batch") ? "users" : null, own);

        merge.add(service("/internal/x", "string"));
        merge.add(service("/api/batch", "string"));
        merge.add(service("/api/users/a", "string"));

        JsonObject paths = merge.merged().getJsonObject("paths");
        assertFalse(paths.containsKey("/internal/x"));
        assertTrue(paths.getJsonObject("/api/batch").containsKey("post"));
        JsonObject call = paths.getJsonObject("/api/users/a").getJsonObject("get");
        assertEquals("users", call.getJsonArray("tags").getString(0));
        assertFalse(own.getJsonObject("paths").containsKey("/api/users/a"), "the gateway's own has not changed");
    }

    @Test
    void shouldAddWhatTheGatewayItselfAnswers() {
        OpenApiMerger merge = new OpenApiMerger(path -> "users", own);

        merge.add(service("/api/users/a", "string"));

        JsonObject responses = merge.merged()
                .getJsonObject("paths")
                .getJsonObject("/api/users/a")
                .getJsonObject("get")
                .getJsonObject("responses");
        assertEquals(
                "#/components/responses/BadGateway",
                responses.getJsonObject("502").getString("$ref"));
        assertEquals(
                "`users_unavailable`, `overloaded`, `keys_unavailable`, `draining`, `upstream_unavailable`",
                responses.getJsonObject("503").getString("description"));
        assertTrue(responses.getJsonObject("200").getJsonObject("headers").containsKey("RateLimit"));
        assertFalse(responses.containsKey("408"), "it takes no body");
    }

    @Test
    void shouldAddTheCodesOfAServiceToTheResponseOfTheSameName() {
        OpenApiMerger merge = new OpenApiMerger(path -> "users", own);
        JsonObject service = service("/api/users/a", "string");
        service.getJsonObject("components").put("responses", new JsonObject("""
                {"Unavailable": {"description": "`store_unavailable`, `draining`"},
                 "PreconditionFailed": {"description": "`precondition_failed`"}}
                """));

        merge.add(service);
        merge.add(service);

        JsonObject responses = merge.merged().getJsonObject("components").getJsonObject("responses");
        assertEquals(
                "`overloaded`, `keys_unavailable`, `draining`, `upstream_unavailable`, `store_unavailable`",
                responses.getJsonObject("Unavailable").getString("description"));
        assertEquals(
                "`precondition_failed`",
                responses.getJsonObject("PreconditionFailed").getString("description"));
        assertFalse(own.encode().contains("store_unavailable"), "the gateway's own has not changed");
    }

    private static JsonObject service(String path, String type) {
        return new JsonObject("""
                {"paths": {"%s": {"get": {"responses": {
                  "503": {"description": "`users_unavailable`"}, "200": {"content":
                  {"application/json": {"schema": {"$ref": "#/components/schemas/Name"}}}}}}}},
                 "components": {"schemas": {"Name": {"type": "%s"}}}}
                """.formatted(path, type));
    }

    private static String schema(OpenApiMerger merge, String path) {
        return merge.merged()
                .getJsonObject("paths")
                .getJsonObject(path)
                .getJsonObject("get")
                .getJsonObject("responses")
                .getJsonObject("200")
                .getJsonObject("content")
                .getJsonObject("application/json")
                .getJsonObject("schema")
                .getString("$ref");
    }
}
