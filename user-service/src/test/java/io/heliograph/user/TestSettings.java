package io.heliograph.user;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager.TestInjector.MatchesType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * Gives the service a file of freshly made keys, and a limit of sessions and an end of retries that a test can reach;
 * and tests that want to sign by those keys a field of type {@link TestKeys}.
 */
public final class TestSettings implements QuarkusTestResourceLifecycleManager {

    private final TestKeys keys = TestKeys.generate();
    private Path file;

    @Override
    public Map<String, String> start() {
        try {
            file = Files.createTempFile("heliograph-keys", ".json");
            Files.writeString(file, keys.privateSet());
            return Map.of(
                    "heliograph.tokens.signing-keys", file.toString(),
                    "heliograph.sessions.per-account", "3",
                    "heliograph.sign-ins.account.failures", "8",
                    "heliograph.revocations.retry-delay", "0.2S");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void stop() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void inject(TestInjector injector) {
        injector.injectIntoFields(keys, new MatchesType(TestKeys.class));
    }
}
