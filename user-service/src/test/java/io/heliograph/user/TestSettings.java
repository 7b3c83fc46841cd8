package io.heliograph.user;

import io.heliograph.testsupport.LogFile;
import io.heliograph.testsupport.OtherIssuers;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager.TestInjector.MatchesType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * The settings of a service under test: a file of freshly made keys and bounds that a test can reach. Without a profile
 * it also knows two other issuers and has a feed. A test that wants to sign by the keys, or tokens of the other issuers,
 * declares a field of type {@link TestKeys} or {@link OtherIssuers}.
 */
public final class TestSettings implements QuarkusTestResourceLifecycleManager {

    /** What a reader of the feed shows. */
    public static final String FEED_SECRET = "a secret of thirty-two characters";

    private final TestKeys keys = TestKeys.generate();
    private boolean complete;
    private OtherIssuers issuers;
    private Path file;

    @Override
    public void setContext(Context context) {
        complete = context.testProfile() == null;
    }

    @Override
    public Map<String, String> start() {
        Map<String, String> settings = new HashMap<>(LogFile.settings(AuditLines.CATEGORY, "audit"));
        settings.putAll(Map.of(
                "heliograph.tokens.signing-keys", writeKeys().toString(),
                "heliograph.tokens.reload-interval", "0.1S",
                "heliograph.sessions.per-account", "3",
                "heliograph.sign-ins.account.failures", "8",
                "heliograph.sign-ins.account-at-site.failures", "6",
                "heliograph.sign-ins.account-at-site.window", "30M",
                "heliograph.revocations.retry-delay", "0.2S",
                // A busy machine takes longer, for the first statements of a start above all.
                "heliograph.database.timeout", "15S",
                "heliograph.database.statement-timeout", "12S"));
        if (complete) {
            issuers = new OtherIssuers();
            settings.putAll(issuers.start());
            settings.put("heliograph.feed.secret", FEED_SECRET);
            // Most of the processor time of these tests would go into passwords; WithStandby keeps the real cost.
            settings.put("heliograph.passwords.memory-kib", "1024");
            settings.put("heliograph.passwords.iterations", "1");
            // Statements that keep connections open would be counted as those of a request.
            settings.put("heliograph.database.min-size", "0");
        }
        return settings;
    }

    @Override
    public void stop() {
        if (complete) {
            issuers.stop();
        }
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void inject(TestInjector injector) {
        injector.injectIntoFields(keys, new MatchesType(TestKeys.class));
        if (complete) {
            issuers.inject(injector);
        }
    }

    private Path writeKeys() {
        try {
            file = Files.createTempFile("heliograph-keys", ".json");
            return Files.writeString(file, keys.privateSet());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
