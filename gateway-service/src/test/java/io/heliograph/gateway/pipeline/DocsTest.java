package io.heliograph.gateway.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliograph.gateway.pipeline.RawClient.Answer;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

@QuarkusTest
class DocsTest extends GatewayTest {

    @Test
    void shouldDescribeTheApiWhileSomeServicesAreUnavailable() throws IOException {
        Answer answer = open("/api/docs/openapi.json");

        JsonObject paths = new JsonObject(answer.body()).getJsonObject("paths");
        assertEquals(200, answer.status());
        assertEquals("application/json", answer.header("Content-Type"));
        assertNotNull(paths.getJsonObject("/api/rooms/{room}").getJsonObject("get"));
        assertNotNull(paths.getJsonObject("/api/batch").getJsonObject("post"));
        assertNull(paths.getJsonObject("/q/dev"));
        assertTrue(new JsonObject(answer.body())
                .getJsonObject("info")
                .getString("description")
                .contains("does not answer"));
    }

    @Test
    void shouldServeAPageWithoutForeignResources() throws IOException {
        Answer page = open("/api/docs");

        assertEquals(200, page.status());
        assertTrue(page.header("Content-Type").startsWith("text/html"));
        assertEquals(1, page.all("Content-Security-Policy").size());
        assertTrue(page.header("Content-Security-Policy").contains("script-src 'self';"));
        assertFalse(page.body().contains("://"), "an address of elsewhere");
        for (MatchResult file : Pattern.compile("(?:src|href)=\"(/[^\"]+)\"")
                .matcher(page.body())
                .results()
                .toList()) {
            assertEquals(200, open(file.group(1)).status(), file.group(1));
        }
        assertTrue(open("/docs/swagger-ui-bundle.js").body().contains("SwaggerUIBundle"));
    }

    @Test
    void shouldServeTheAsyncApiDescriptionAndNothingElse() throws IOException {
        assertTrue(open("/api/docs/asyncapi.yaml").body().contains("asyncapi: 3"));
        assertEquals(404, open("/api/docs/other").status());
        assertEquals(405, exchange(request("POST", "/api/docs")).status());
    }

    private Answer open(String uri) throws IOException {
        return exchange("GET " + uri + " HTTP/1.1\r\nHost: h\r\n\r\n");
    }
}
