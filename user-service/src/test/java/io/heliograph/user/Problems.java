package io.heliograph.user;

import static org.hamcrest.Matchers.emptyOrNullString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;

import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;

/** Requirements of every problem response. */
public final class Problems {

    private Problems() {}

    public static ValidatableResponse assertProblem(Response answer, int status, String code) {
        return answer.then()
                .statusCode(status)
                .contentType("application/problem+json")
                .body("type", equalTo("urn:heliograph:problem:" + code))
                .body("title", not(emptyOrNullString()))
                .body("status", equalTo(status))
                .body("detail", not(emptyOrNullString()))
                .body("code", equalTo(code))
                .body("requestId", equalTo(answer.header("X-Request-Id")));
    }
}
