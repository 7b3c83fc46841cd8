package io.heliograph.helm;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import com.marcnuri.helm.Helm;
import com.marcnuri.helm.TemplateCommand;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.StreamSupport;
import org.yaml.snakeyaml.Yaml;

/** The chart as Helm sees it, and what it renders to. */
final class Chart {

    /** The oldest version the chart takes, one between, and the newest. */
    static final List<String> KUBERNETES = List.of("1.30.0", "1.33.0", "1.35.0");

    /** What an installation has to give at least. */
    static final Map<String, Object> GIVEN = Map.of("image.registry", "registry.example.com/heliograph");

    private static final Path FOLDER = Path.of("heliograph");

    private Chart() {}

    static Helm helm() {
        return new Helm(FOLDER);
    }

    static TemplateCommand template(String kubernetes) {
        return helm().template()
                .withName("heliograph")
                .withNamespace("heliograph")
                .withKubeVersion(kubernetes);
    }

    static String render(String kubernetes, Map<String, Object> values) {
        TemplateCommand template = template(kubernetes);
        values.forEach(template::set);
        return template.call();
    }

    /** The objects rendered from the least an installation gives. */
    static List<JsonObject> objects() {
        return objects(render(KUBERNETES.get(0), GIVEN));
    }

    static List<JsonObject> objects(String manifests) {
        return StreamSupport.stream(new Yaml().loadAll(manifests).spliterator(), false)
                .filter(Objects::nonNull)
                .map(document -> new Gson().toJsonTree(document).getAsJsonObject())
                .toList();
    }

    static List<JsonObject> objects(String kind, String manifests) {
        return objects(manifests).stream()
                .filter(object -> kind.equals(object.get("kind").getAsString()))
                .toList();
    }
}
