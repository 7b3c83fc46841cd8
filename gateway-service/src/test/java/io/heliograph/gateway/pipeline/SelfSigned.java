package io.heliograph.gateway.pipeline;

import io.heliograph.localstack.store.FreePorts;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager.TestInjector.MatchesType;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** A certificate for {@code localhost} that only these tests trust, created by keytool. */
public final class SelfSigned implements QuarkusTestResourceLifecycleManager {

    private static final String PASSWORD = "of no use outside of a test";

    private Path store;

    @Override
    public Map<String, String> start() {
        try {
            store = Files.createTempDirectory("heliograph-tls").resolve("front.p12");
            make();
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
        String port = Integer.toString(FreePorts.next());
        return Map.of(
                "quarkus.tls.front.key-store.p12.path",
                store.toString(),
                "quarkus.tls.front.key-store.p12.password",
                PASSWORD,
                "quarkus.http.tls-configuration-name",
                "front",
                "quarkus.http.test-ssl-port",
                port,
                "quarkus.http.ssl-port",
                port);
    }

    @Override
    public void stop() {
        try {
            Files.deleteIfExists(store);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void inject(TestInjector injector) {
        injector.injectIntoFields(trusting(), new MatchesType(SSLContext.class));
    }

    private void make() throws IOException, InterruptedException {
        String keytool =
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        Process process = new ProcessBuilder(
                        keytool,
                        "-genkeypair",
                        "-alias",
                        "front",
                        "-keyalg",
                        "EC",
                        "-validity",
                        "1",
                        "-dname",
                        "CN=localhost",
                        "-ext",
                        "SAN=dns:localhost",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        store.toString(),
                        "-storepass",
                        PASSWORD)
                .inheritIO()
                .start();
        if (process.waitFor() != 0) {
            throw new IllegalStateException("keytool made no certificate");
        }
    }

    private SSLContext trusting() {
        try (InputStream in = Files.newInputStream(store)) {
            KeyStore own = KeyStore.getInstance("PKCS12");
            own.load(in, PASSWORD.toCharArray());
            KeyStore trusted = KeyStore.getInstance("PKCS12");
            trusted.load(null, null);
            trusted.setCertificateEntry("front", own.getCertificate("front"));
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(trusted);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
