package io.heliograph.user.external;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** All others whose tokens are good here, by {@code iss}. A wrong configuration stops the start, naming the key. */
@Singleton
final class TrustedIssuers {

    private final Map<String, TrustedIssuer> issuers = new HashMap<>();
    private final List<PublishedKeys> keys = new ArrayList<>();
    private final HttpClient client;

    TrustedIssuers(Vertx vertx, IssuersConfig config) {
        this.client = vertx.createHttpClient(new HttpClientOptions()
                .setConnectTimeout((int) config.fetchTimeout().toMillis())
                .setKeepAlive(false));
        for (Issuer issuer : Issuer.read(config)) {
            if (issuer.id().equals(config.issuer())) {
                throw new IllegalArgumentException("heliograph.tokens.issuers: one has the issuer of our own tokens");
            }
            KeySource source = new KeySource(client, issuer, config.fetchTimeout());
            PublishedKeys signing = new PublishedKeys(vertx, source, config);
            keys.add(signing);
            if (issuers.put(issuer.id(), new TrustedIssuer(issuer, signing, config.leeway())) != null) {
                throw new IllegalArgumentException("heliograph.tokens.issuers: two have the issuer " + issuer.id());
            }
        }
    }

    void start(@Observes StartupEvent event) {
        keys.forEach(PublishedKeys::start);
    }

    void stop(@Observes ShutdownEvent event) {
        keys.forEach(PublishedKeys::stop);
        client.close();
    }

    /** Null if there is none of this name, which may be null. */
    TrustedIssuer of(String issuer) {
        return issuers.get(issuer);
    }

    boolean isEmpty() {
        return issuers.isEmpty();
    }
}
