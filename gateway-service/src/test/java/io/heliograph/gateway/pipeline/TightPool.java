package io.heliograph.gateway.pipeline;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.List;

/** A gateway with few connections to its services, and a service whose responses are set byte by byte. */
public final class TightPool implements QuarkusTestProfile {

    @Override
    public List<TestResourceEntry> testResources() {
        return List.of(new TestResourceEntry(RawUpstream.class));
    }
}
