package io.heliograph.message.testsupport;

import io.heliograph.testsupport.OtherIssuers;
import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.List;
import java.util.Map;

/**
 * A message-service with two other issuers, a user-service whose profiles the test sets, replicas that refresh
 * presence often, and so few connections to PostgreSQL that a test can use all.
 */
public final class PeerServices implements QuarkusTestProfile {

    @Override
    public List<TestResourceEntry> testResources() {
        return List.of(new TestResourceEntry(OtherIssuers.class), new TestResourceEntry(ProfileFeedServer.class));
    }

    @Override
    public Map<String, String> getConfigOverrides() {
        return Map.of(
                "heliograph.database.max-waiting", "12",
                "quarkus.datasource.reactive.max-size", "8",
                "heliograph.presence.refresh-interval", "0.5S",
                "heliograph.presence.retry-delay", "0.2S");
    }
}
