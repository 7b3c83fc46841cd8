package io.heliograph.user;

import static io.restassured.RestAssured.given;

import io.restassured.http.ContentType;
import io.restassured.specification.RequestSpecification;
import java.util.List;
import java.util.UUID;

/** Somebody with a good token of an admin, whether there is such an account or not. */
public final class Admin {

    private Admin() {}

    public static RequestSpecification asks(TestKeys keys) {
        String token =
                keys.token(UUID.randomUUID(), claims -> claims.setStringListClaim("groups", List.of("user", "admin")));
        return given().auth().oauth2(token).contentType(ContentType.JSON);
    }
}
