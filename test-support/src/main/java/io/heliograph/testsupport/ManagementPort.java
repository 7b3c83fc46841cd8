package io.heliograph.testsupport;

import java.net.URI;
import org.eclipse.microprofile.config.ConfigProvider;

/** The management port of the service under test, also of a packaged one, which {@code TestHTTPResource} does not find. */
public final class ManagementPort {

    private ManagementPort() {}

    /** Such as {@code /metrics} or {@code /health/ready}. */
    public static URI uri(String path) {
        return URI.create(ConfigProvider.getConfig().getValue("test.management.url", String.class) + path);
    }
}
