package io.heliograph.gateway.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliograph.gateway.pipeline.RawClient.Answer;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

@QuarkusTest
class DocsTest extends GatewayTest {

    @Test
    void shouldHaveNoDescriptionOfTheApiWhileAServiceHasNotDescribedItself() throws IOException {
        Answer answer = open("/api/docs/openapi.json");

        assertEquals(503, answer.status());
        assertEquals("upstream_unavailable", code(answer));
        assertEquals("1", answer.header("Retry-After"));
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
                // The services of the tests do not all describe themselves.
                .filter(link -> !link.group(1).endsWith("/openapi.json"))
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
