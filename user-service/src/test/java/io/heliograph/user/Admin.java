package io.heliograph.user;

import static io.restassured.RestAssured.given;

import io.restassured.http.ContentType;
import io.restassured.specification.RequestSpecification;
import java.util.List;
import java.util.UUID;

/** A caller with a valid token of an admin, with or without an account. */
public final class Admin {

    private Admin() {}

    public static RequestSpecification asks(TestKeys keys) {
        String token =
                keys.token(UUID.randomUUID(), claims -> claims.setStringListClaim("groups", List.of("user", "admin")));
        return given().auth().oauth2(token).contentType(ContentType.JSON);
    }
}
