package io.heliograph.gateway.pipeline;

import io.heliograph.testsupport.OpenIdProvider;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager.TestInjector.MatchesType;
import java.util.Map;

/** A foreign token issuer, configured by discovery. */
public final class OtherIssuer implements QuarkusTestResourceLifecycleManager {

    private OpenIdProvider provider;

    @Override
    public Map<String, String> start() {
        provider = OpenIdProvider.start();
        return Map.of(
                "heliograph.tokens.issuers.other.issuer",
                provider.issuer(),
                "heliograph.tokens.issuers.other.audience",
                OpenIdProvider.AUDIENCE,
                // It lives in the same busy process.
                "heliograph.tokens.fetch-timeout",
                "10S");
    }

    @Override
    public void stop() {
        provider.close();
    }

    @Override
    public void inject(TestInjector injector) {
        injector.injectIntoFields(provider, new MatchesType(OpenIdProvider.class));
    }
}
