package io.heliograph.user.demo;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.heliograph.testsupport.EmbeddedStores;
import io.heliograph.user.Person;
import io.heliograph.user.TestSettings;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@TestProfile(DemoAccountsTest.On.class)
@WithTestResource(EmbeddedStores.class)
@WithTestResource(TestSettings.class)
class DemoAccountsTest {

    private static final String PASSWORD = "only for this test";

    @ParameterizedTest
    @CsvSource({"ada,user", "grace,user", "admin,user admin"})
    void shouldLetDemoAccountsSignInWithTheirRoles(String username, String roles) throws Exception {
        // On a busy machine PostgreSQL may take longer than a request waits.
        String token = await().atMost(Duration.ofMinutes(2))
                .until(() -> Person.signIn(username, PASSWORD), answer -> answer.statusCode() == 200)
                .path("accessToken");
        var claims = new JwtConsumerBuilder()
                .setSkipSignatureVerification()
                .setSkipDefaultAudienceValidation()
                .build()
                .processToClaims(token);
        assertEquals(List.of(roles.split(" ", 2)), claims.getStringListClaimValue("groups"));
    }

    /** Switches the accounts on. */
    public static final class On implements QuarkusTestProfile {

        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("heliograph.demo.accounts", "true", "heliograph.demo.password", PASSWORD);
        }
    }
}
