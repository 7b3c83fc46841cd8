package io.heliograph.user.account;

import static io.heliograph.user.Problems.assertProblem;
import static org.hamcrest.Matchers.equalTo;

import io.heliograph.testsupport.EmbeddedStores;
import io.heliograph.user.Admin;
import io.heliograph.user.Person;
import io.heliograph.user.TestKeys;
import io.heliograph.user.TestSettings;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithTestResource(EmbeddedStores.class)
@WithTestResource(TestSettings.class)
class ReservedUsernamesTest {

    /** Set by {@link TestSettings}. */
    TestKeys keys;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "deleted",
                "System",
                "ADMIN",
                "root",
                "support",
                "heliograph",
                "a.d.m.i.n",
                "no-reply",
                "post-master"
            })
    void shouldNotLetUsersTakeReservedNames(String username) {
        assertProblem(Person.tryRegister(username, UUID.randomUUID() + "@example.org"), 400, "invalid_request")
                .body("errors.field", equalTo(List.of("username")));
        assertProblem(
                        Person.register()
                                .asks()
                                .contentType("application/json")
                                .body(Map.of("username", username))
                                .patch("/api/users/me"),
                        400,
                        "invalid_request")
                .body("errors.field", equalTo(List.of("username")));
    }

    @Test
    void shouldLetAnAdministratorGiveAReservedName() {
        Admin.asks(keys)
                .body(Map.of(
                        "users",
                        List.of(Map.of("username", "Webmaster", "email", "w" + UUID.randomUUID() + "@example.org"))))
                .post("/api/users/batch")
                .then()
                .statusCode(200)
                .body("created", equalTo(1));
    }
}
