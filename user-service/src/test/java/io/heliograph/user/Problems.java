package io.heliograph.user;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.JsonNode;
import io.heliograph.testsupport.Json;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;

/** Requirements of every problem response. */
public final class Problems {

    private Problems() {}

    public static ValidatableResponse assertProblem(Response answer, int status, String code) {
        ValidatableResponse response = answer.then().statusCode(status).contentType("application/problem+json");
        JsonNode problem = Json.body(response);
        String body = problem.toString();
        assertEquals("urn:heliograph:problem:" + code, problem.path("type").textValue(), body);
        assertFalse(problem.path("title").asText().isEmpty(), body);
        assertEquals(status, problem.path("status").asInt(), body);
        assertFalse(problem.path("detail").asText().isEmpty(), body);
        assertEquals(code, problem.path("code").textValue(), body);
        assertEquals(answer.header("X-Request-Id"), problem.path("requestId").textValue(), body);
        return response;
    }
}
