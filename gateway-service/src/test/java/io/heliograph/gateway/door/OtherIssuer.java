package io.heliograph.gateway.door;

import io.heliograph.testsupport.OpenIdProvider;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager.TestInjector.MatchesType;
import java.util.HashMap;
import java.util.Map;

/** An issuer of tokens that is not ours, found by discovery, beside ours or instead of it. */
public final class OtherIssuer implements QuarkusTestResourceLifecycleManager {

    private OpenIdProvider provider;
    private boolean instead;

    @Override
    public void init(Map<String, String> arguments) {
        instead = arguments.containsKey("instead");
    }

    @Override
    public Map<String, String> start() {
        provider = OpenIdProvider.start();
        Map<String, String> config = new HashMap<>();
        config.put("heliograph.tokens.issuers.other.issuer", provider.issuer());
        config.put("heliograph.tokens.issuers.other.audience", OpenIdProvider.AUDIENCE);
        // It lives in the same busy process.
        config.put("heliograph.tokens.fetch-timeout", "10S");
        if (instead) {
            config.put("heliograph.tokens.jwks-url", "");
        }
        return config;
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
