package io.heliograph.testsupport;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager.TestInjector.MatchesType;
import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.List;
import java.util.Map;

/** Two issuers beside ours. A test that wants tokens of theirs declares a field of this type. */
public final class OtherIssuers implements QuarkusTestResourceLifecycleManager {

    /** A service that knows them. */
    public static class Known implements QuarkusTestProfile {

        @Override
        public List<TestResourceEntry> testResources() {
            return List.of(new TestResourceEntry(OtherIssuers.class));
        }
    }

    private static final String SETTINGS = "heliograph.tokens.issuers.";

    private final OpenIdProvider chat = OpenIdProvider.start();
    private final OpenIdProvider shop = OpenIdProvider.start();

    public OpenIdProvider chat() {
        return chat;
    }

    public OpenIdProvider shop() {
        return shop;
    }

    @Override
    public Map<String, String> start() {
        return Map.of(
                SETTINGS + "chat.issuer",
                chat.issuer(),
                SETTINGS + "chat.audience",
                OpenIdProvider.AUDIENCE,
                SETTINGS + "shop.issuer",
                shop.issuer(),
                SETTINGS + "shop.audience",
                OpenIdProvider.AUDIENCE,
                SETTINGS + "shop.roles",
                "user,admin",
                "heliograph.tokens.minimum-fetch-interval",
                "0.1S");
    }

    @Override
    public void stop() {
        chat.close();
        shop.close();
    }

    @Override
    public void inject(TestInjector injector) {
        injector.injectIntoFields(this, new MatchesType(OtherIssuers.class));
    }
}
