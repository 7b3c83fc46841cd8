package io.heliograph.helm;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** With {@code --reuse-values} Helm gives the templates the values of an older chart, and none that it did not have. */
class OlderValuesTest {

    @TempDir
    Path folder;

    @ParameterizedTest
    @MethodSource(ChartTest.CI_FILES)
    void shouldRenderWithTheValuesOfTheReleaseBefore(Path valuesFile) throws IOException {
        Path chart = Chart.copy(folder);
        Files.copy(
                Path.of("src/test/resources/values-1.0.0.yaml"),
                chart.resolve("values.yaml"),
                StandardCopyOption.REPLACE_EXISTING);
        Chart.alone(chart);

        Release release =
                new Release(Chart.template(chart).withValuesFile(valuesFile).call());

        release.manifests().forEach(Schemas::validate);
        Release now = Chart.render(valuesFile);
        for (Manifest deployment : now.all("Deployment")) {
            Manifest older = release.all("Deployment").stream()
                    .filter(each -> each.name().equals(deployment.name()))
                    .findFirst()
                    .orElseThrow();
            assertEquals(deployment, older);
        }
    }

    /** A key with a default may be missing: an older chart did not have it. */
    @Test
    void shouldRequireNoKeyThatHasADefault() throws IOException {
        JsonObject schema =
                new Gson().fromJson(Files.readString(Path.of("heliograph", "values.schema.json")), JsonObject.class);
        List<String> required = new ArrayList<>();
        collect(schema, required);

        // Of secrets, of Gateways, of networks, and of a disruption budget, of which there is only one or the other.
        required.removeIf(
                Set.of("[\"name\",\"key\"]", "[\"name\"]", "[\"cidr\"]", "[\"minAvailable\"]", "[\"maxUnavailable\"]")
                        ::contains);
        assertEquals(List.of(), required);
    }

    private static void collect(JsonElement element, List<String> required) {
        if (element.isJsonArray()) {
            element.getAsJsonArray().forEach(child -> collect(child, required));
        } else if (element.isJsonObject()) {
            JsonElement found = element.getAsJsonObject().get("required");
            if (found != null) {
                required.add(found.toString());
            }
            element.getAsJsonObject().entrySet().forEach(child -> collect(child.getValue(), required));
        }
    }
}
