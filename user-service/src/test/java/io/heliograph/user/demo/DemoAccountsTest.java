package io.heliograph.user.demo;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliograph.testsupport.ReplicatedStores;
import io.heliograph.user.Database;
import io.heliograph.user.Person;
import io.heliograph.user.TestSettings;
import io.heliograph.user.WithStandby;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@TestProfile(WithStandby.class)
@WithTestResource(ReplicatedStores.class)
@WithTestResource(TestSettings.class)
class DemoAccountsTest {

    ReplicatedStores.Pair postgres;

    @ParameterizedTest
    @CsvSource({"ada,user", "grace,user", "admin,user admin"})
    void shouldLetDemoAccountsSignInWithTheirRoles(String username, String roles) throws Exception {
        // On a busy machine PostgreSQL may take longer than a request waits.
        String token = await().atMost(Duration.ofMinutes(2))
                .until(() -> Person.signIn(username, WithStandby.DEMO_PASSWORD), answer -> answer.statusCode() == 200)
                .path("accessToken");
        var claims = new JwtConsumerBuilder()
                .setSkipSignatureVerification()
                .setSkipDefaultAudienceValidation()
                .build()
                .processToClaims(token);
        assertEquals(List.of(roles.split(" ", 2)), claims.getStringListClaimValue("groups"));
    }

    @Test
    void shouldHashPasswordsAtTheRecommendedCost() {
        String hash = await().until(this::hashOfAda, found -> !found.isEmpty());

        assertTrue(hash.startsWith("$argon2id$v=19$m=19456,t=2,p=1$"), hash);
    }

    private String hashOfAda() throws SQLException {
        try (Connection connection = Database.connect(postgres.primary());
                Statement statement = connection.createStatement()) {
            return Database.lines(statement, "select password_hash from users where username = 'ada'");
        }
    }
}
