package io.heliograph.helm;

import com.marcnuri.helm.Helm;
import com.marcnuri.helm.TemplateCommand;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The chart as Helm sees it. */
final class Chart {

    /** The oldest version the chart takes, one between, and the newest. */
    static final List<String> KUBERNETES = List.of("1.30.0", "1.33.0", "1.35.0");

    /** What an installation has to give at least. */
    static final Map<String, Object> GIVEN = Map.of("image.registry", "registry.example.com/heliograph");

    /** In place of helm.sh/hook where hooks are rendered as objects. */
    static final String HOOK = "hook.of.helm.sh";

    private static final Path FOLDER = Path.of("heliograph");

    /** As it renders where nothing is installed yet, with its hooks as objects, since Helm renders no hooks as templates. */
    private static final Path ALONE = alone();

    private Chart() {}

    static Helm helm() {
        return new Helm(FOLDER);
    }

    /** One file of values for each feature; what they render to is held to all rules of these tests. */
    static List<Path> ciFiles() {
        try (Stream<Path> files = Files.list(FOLDER.resolve("ci"))) {
            return files.sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Path ci(String name) {
        return FOLDER.resolve("ci").resolve(name + "-values.yaml");
    }

    /** A copy to change, in a folder of the test, with the monitoring that it only links to. */
    static Path copy(Path to) throws IOException {
        try (Stream<Path> files = Files.walk(FOLDER, FileVisitOption.FOLLOW_LINKS)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path target = to.resolve(FOLDER.relativize(file));
                Files.createDirectories(target.getParent());
                Files.copy(file, target);
            }
        }
        return to;
    }

    private static Path alone() {
        try {
            return alone(copy(Files.createTempDirectory("chart")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Changes a copy so that it asks no cluster and its hooks are objects. */
    static Path alone(Path copy) throws IOException {
        Files.writeString(copy.resolve("templates/_live.tpl"), "{{ define \"heliograph.live\" }}{}{{ end }}");
        try (Stream<Path> files =
                Stream.concat(Stream.of(copy.resolve("values.yaml")), Files.walk(copy.resolve("templates")))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String text = Files.readString(file);
                Files.writeString(file, text.replaceAll("helm\\.sh/hook(\"|:)", HOOK + "$1"));
            }
        }
        return copy;
    }

    static TemplateCommand template(Path chart) {
        return new Helm(chart)
                .template()
                .withName("heliograph")
                .withNamespace("heliograph")
                .withKubeVersion(KUBERNETES.get(1));
    }

    static TemplateCommand template(String kubernetes) {
        return template(ALONE).withKubeVersion(kubernetes);
    }

    /** @param values by the path of their key, over the least that has to be given; {@code "null"} takes one away */
    static Release render(Map<String, Object> values) {
        TemplateCommand template = template(ALONE);
        GIVEN.forEach(template::set);
        values.forEach(template::set);
        return new Release(template.call());
    }

    static Release render(String kubernetes, Path valuesFile) {
        return new Release(template(kubernetes).withValuesFile(valuesFile).call());
    }

    static Release render(Path valuesFile) {
        return render(KUBERNETES.get(1), valuesFile);
    }

    /** The values that the chart comes with. */
    static Manifest defaults() {
        try {
            return new Release(Files.readString(FOLDER.resolve("values.yaml")))
                    .manifests()
                    .get(0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
