package io.heliograph.message.preview;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager.TestInjector.MatchesType;
import io.vertx.core.Vertx;
import java.util.Map;

/** A {@link Site} that the service may fetch from; all other local addresses stay private. */
public final class PublicSite implements QuarkusTestResourceLifecycleManager {

    private final Vertx vertx = Vertx.vertx();
    private Site site;

    @Override
    public Map<String, String> start() {
        site = Site.on(vertx, "127.0.0.1");
        return Map.of(
                "heliograph.egress.allowed-networks", "127.0.0.1",
                // Longer than any machine takes for the requests of a test.
                "heliograph.previews.window", "10M",
                "heliograph.previews.requests-per-host", "30");
    }

    @Override
    public void inject(TestInjector injector) {
        injector.injectIntoFields(site, new MatchesType(Site.class));
    }

    @Override
    public void stop() {
        site.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
