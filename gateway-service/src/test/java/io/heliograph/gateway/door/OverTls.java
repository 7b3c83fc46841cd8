package io.heliograph.gateway.door;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.List;

/** A gateway with a certificate. */
public final class OverTls implements QuarkusTestProfile {

    @Override
    public List<TestResourceEntry> testResources() {
        return List.of(new TestResourceEntry(SelfSigned.class));
    }
}
