package io.heliograph.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.heliograph.e2e.testsupport.Heliograph;
import java.nio.file.Path;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.xpath.XPathFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;

/** The build with {@code -Dnative} makes executables and runs on them the tests {@code *IT}, which it skips otherwise. */
class NativeProfileTest {

    private static final String PLUGIN = "//plugin[artifactId='maven-failsafe-plugin']";

    @Test
    void shouldBuildExecutablesAndNotSkipTheirTests() throws Exception {
        String properties = "/project/profiles/profile[id='native'][activation/property/name='native']/properties/";

        assertEquals("true", text("pom.xml", properties + "quarkus.native.enabled"));
        assertEquals("false", text("pom.xml", properties + "skipITs"));
        assertEquals("true", text("pom.xml", "/project/properties/skipITs"));
    }

    /** Without {@code verify} a test that fails would not fail the build; with a setting of its own a skip would stay. */
    @ParameterizedTest
    @ValueSource(strings = {"user-service", "message-service", "gateway-service"})
    void shouldRunThemForEachService(String service) throws Exception {
        String pom = service + "/pom.xml";

        assertEquals("integration-test verify", text("pom.xml", goals()));
        assertEquals("1", text(pom, "count(" + PLUGIN + ")"));
        for (String file : new String[] {"pom.xml", pom}) {
            assertEquals("0", text(file, "count(" + PLUGIN + "//*[self::skip or self::skipITs or self::skipTests])"));
            assertEquals("0", text(file, "count(" + PLUGIN + "//*[self::includes or self::excludes or self::test])"));
        }
    }

    private static String goals() {
        return "normalize-space(" + PLUGIN + "/executions/execution/goals)";
    }

    private static String text(String file, String expression) throws Exception {
        Path pom = Heliograph.home().resolve(file);
        Document document =
                DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(pom.toFile());
        return XPathFactory.newInstance().newXPath().evaluate(expression, document);
    }
}
