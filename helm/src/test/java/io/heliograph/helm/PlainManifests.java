package io.heliograph.helm;

import com.marcnuri.helm.TemplateCommand;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What k8s holds: the chart rendered with the values of the base, and what those of each component add to it. */
final class PlainManifests {

    static final Path ROOT = Path.of("..", "k8s");

    private PlainManifests() {}

    static List<Path> components() {
        return folders("components");
    }

    static List<Path> overlays() {
        return folders("overlays");
    }

    /** The folders with a manifest that is rendered. */
    static List<Path> rendered() {
        return Stream.concat(Stream.of(ROOT.resolve("base")), components().stream())
                .toList();
    }

    /** What the manifest of a folder holds: of a component only the objects that the base has not. */
    static String manifest(Path folder) {
        Path base = ROOT.resolve("base");
        if (folder.equals(base)) {
            return chart(base).yaml();
        }
        Set<String> known =
                chart(base).manifests().stream().map(Manifest::toString).collect(Collectors.toSet());
        return Arrays.stream(chart(base, folder).yaml().split("(?m)^---\n", -1))
                .filter(document -> new Release(document)
                        .manifests().stream().anyMatch(manifest -> !known.contains(manifest.toString())))
                .collect(Collectors.joining("---\n", "---\n", ""));
    }

    /** Labels that name Helm as the manager and the source, which is not true of plain manifests. */
    static Release chart(Path... folders) {
        TemplateCommand template = Chart.template(Chart.KUBERNETES.get(0));
        for (Path folder : folders) {
            template.withValuesFile(folder.resolve("values.yaml"));
        }
        return new Release(template.call()
                .replaceAll("(?m)^ *(app\\.kubernetes\\.io/managed-by|helm\\.sh/chart): .*\n", "")
                .replaceAll("(?m)^# Source: .*\n", ""));
    }

    private static List<Path> folders(String kind) {
        try (Stream<Path> folders = Files.list(ROOT.resolve(kind))) {
            return folders.sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
