package io.heliograph.user;

import static io.restassured.RestAssured.given;

import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The backend of a product, with a service account of its own. */
public record Backend(UUID id, String clientId, String secret) {

    public static final String EXCHANGE = "urn:ietf:params:oauth:grant-type:token-exchange";
    public static final String USER_ID = "urn:heliograph:token-type:user-id";

    public static Backend with(TestKeys keys, String... roles) {
        return of(create(keys, Map.of("name", "Shop backend", "roles", List.of(roles))));
    }

    public static Backend of(Response created) {
        created.then().statusCode(201);
        return new Backend(UUID.fromString(created.path("id")), created.path("clientId"), created.path("clientSecret"));
    }

    public static Response create(TestKeys keys, Object body) {
        return Admin.asks(keys).body(body).post("/api/service-accounts");
    }

    public Backend withSecret(String other) {
        return new Backend(id, clientId, other);
    }

    /** A token of its own. */
    public Response requestToken() {
        return requestToken(Map.of("grant_type", "client_credentials"));
    }

    /** By HTTP Basic. */
    public Response requestToken(Map<String, String> form) {
        return post(basic(clientId + ":" + secret), form);
    }

    /** A token for the user that has this id in the product. */
    public Response exchange(String subject, Map<String, String> profile) {
        Map<String, String> form = new HashMap<>(profile);
        form.putAll(Map.of("grant_type", EXCHANGE, "subject_token", subject, "subject_token_type", USER_ID));
        return requestToken(form);
    }

    public static Response post(String authorization, Map<String, String> form) {
        RequestSpecification request = given().contentType(ContentType.URLENC).formParams(form);
        return (authorization == null ? request : request.header("Authorization", authorization))
                .post("/api/auth/token");
    }

    public static String basic(String credentials) {
        return "Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8));
    }
}
