package io.heliograph.helm;

import com.google.gson.Gson;
import java.util.List;
import java.util.Objects;
import java.util.stream.StreamSupport;
import org.yaml.snakeyaml.Yaml;

/** What the chart renders to for one set of values. */
record Release(String yaml) {

    List<Manifest> manifests() {
        return StreamSupport.stream(new Yaml().loadAll(yaml).spliterator(), false)
                .filter(Objects::nonNull)
                .map(document -> new Manifest(new Gson().toJsonTree(document).getAsJsonObject()))
                .toList();
    }

    List<Manifest> all(String kind) {
        return manifests().stream()
                .filter(manifest -> manifest.kind().equals(kind))
                .toList();
    }

    /** Of the one component that has one of this kind. */
    Manifest of(String component, String kind) {
        return all(kind).stream()
                .filter(manifest -> manifest.name().equals("heliograph-" + component))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + kind + " of " + component));
    }

    /** All that make pods: whatever they are, the same rules hold for their pods. */
    List<Manifest> workloads() {
        return manifests().stream()
                .filter(manifest -> manifest.pod().isPresent())
                .toList();
    }
}
