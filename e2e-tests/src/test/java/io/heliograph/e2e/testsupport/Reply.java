package io.heliograph.e2e.testsupport;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.heliograph.testsupport.Json;
import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;

/** What a service answered; an empty body is a missing node. */
public record Reply(int status, HttpHeaders headers, JsonNode body) {

    static Reply of(HttpResponse<String> response) {
        String body = response.body();
        return new Reply(
                response.statusCode(),
                response.headers(),
                body.isEmpty() ? MissingNode.getInstance() : Json.parse(body));
    }

    /** This reply, if it has that status. */
    public Reply expect(int expected) {
        if (status != expected) {
            throw new AssertionError("expected " + expected + " and got " + status + " " + body);
        }
        return this;
    }

    /** The stable code of a problem; empty in any other reply. */
    public String code() {
        return body.path("code").asText();
    }
}
