package io.heliograph.user.account.role;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import io.heliograph.testsupport.EmbeddedStores;
import io.heliograph.user.Admin;
import io.heliograph.user.AuditLines;
import io.heliograph.user.Person;
import io.heliograph.user.TestKeys;
import io.heliograph.user.TestSettings;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(EmbeddedStores.class)
@WithTestResource(TestSettings.class)
class RoleAuditTest {

    TestKeys keys;

    @Test
    void shouldAuditWhoGaveWhichRolesToWhom() {
        Person ada = Person.register();
        List<String> roles = List.of("user", "admin");
        AuditLines audit = new AuditLines();

        Admin.asks(keys)
                .header("X-Request-Id", "roles-of-ada")
                .body(Map.of("roles", roles))
                .put("/api/users/" + ada.id() + "/roles")
                .then()
                .statusCode(200);

        JsonPath line = audit.of("roles-of-ada").get(0);
        assertEquals("role_change", line.getString("event"));
        assertEquals(ada.id().toString(), line.getString("user"));
        assertEquals(roles, line.getList("roles"));
        assertNotNull(line.getString("by"));
    }
}
