package io.heliograph.localstack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliograph.localstack.Options.UsageException;
import io.heliograph.localstack.stack.Service;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OptionsTest {

    @Test
    void shouldKeepDataAndRunOneOfEachServiceByDefault() throws UsageException {
        Options options = Options.parse();

        assertFalse(options.fresh());
        assertFalse(options.help());
        assertEquals(Optional.empty(), options.data());
        assertEquals(EnumSet.allOf(Service.class), options.services());
        assertEquals(Map.of(), options.replicas());
        assertEquals(Map.of(), options.ports());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    stores              | ''
                    stores,user,gateway | USER GATEWAY
                    message             | MESSAGE
                    """)
    void shouldStartOnlyTheNamedServices(String names, String services) throws UsageException {
        Options options = Options.parse("--only", names);

        assertEquals(
                Stream.of(services.split(" ", -1))
                        .filter(service -> !service.isEmpty())
                        .map(Service::valueOf)
                        .collect(Collectors.toSet()),
                options.services());
    }

    @Test
    void shouldParseEveryOption() throws UsageException {
        Options options = Options.parse(
                "--fresh",
                "--replicas",
                "message=2",
                "--replicas",
                "gateway=3",
                "--port",
                "gateway=18080",
                "--data",
                "my data");

        assertTrue(options.fresh());
        assertEquals(Map.of(Service.MESSAGE, 2, Service.GATEWAY, 3), options.replicas());
        assertEquals(Map.of("gateway", 18080), options.ports());
        assertEquals(Optional.of(Path.of("my data")), options.data());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    --frsh                      | unknown option --frsh
                    --replicas                  | --replicas wants a value
                    --replicas message          | --replicas wants NAME=NUMBER, not message
                    --replicas message=two      | --replicas wants a number after the =, not message=two
                    --replicas message=0        | --replicas message is 1 to 8
                    --replicas message=9        | --replicas message is 1 to 8
                    --replicas mesage=2         | no service is called mesage; there are gateway, message, user
                    --only                      | --only wants a value
                    --only store                | no service is called store; there are gateway, message, user
                    --port gateway=65536        | --port gateway is 1 to 65535
                    """)
    void shouldReportInvalidOptions(String arguments, String complaint) {
        UsageException refused = assertThrows(UsageException.class, () -> Options.parse(arguments.split(" ", -1)));

        assertEquals(complaint, refused.getMessage());
    }

    @Test
    void shouldListTheKnownPortsWhenAnUnknownOneIsSet() {
        UsageException refused = assertThrows(UsageException.class, () -> Options.parse("--port", "web=80"));

        assertTrue(refused.getMessage().contains("gateway-management"), refused.getMessage());
    }
}
