package io.heliograph.e2e.testsupport;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import java.util.zip.ZipEntry;

/**
 * The configuration that the build of a service passes to the builder of its native executable: which classes can be used by name, and
 * which files are in it. Anything else is there on the JVM alone.
 */
public final class NativeConfiguration {

    private static final String FOLDER = "META-INF/native-image/";
    /** Quarkus registers the classes of Caffeine in code that runs in the builder. */
    private static final String CAFFEINE = "io/quarkus/caffeine/runtime/graal/CacheConstructorsFeature.class";

    private final Map<String, JsonNode> classes = new HashMap<>();
    private final List<Pattern> resources;

    private NativeConfiguration(JsonNode reflection, JsonNode resources) {
        reflection.forEach(entry -> classes.put(entry.get("name").asText(), entry));
        this.resources = StreamSupport.stream(
                        resources.get("resources").get("includes").spliterator(), false)
                .map(include -> Pattern.compile(include.get("pattern").asText()))
                .toList();
    }

    /** Of the last {@code ./mvnw package} that did not skip the tests. */
    public static NativeConfiguration of(String service) {
        Path folder = Heliograph.home().resolve(service).resolve("target/native-sources");
        try (JarFile jar = new JarFile(one(folder, "*-runner.jar").toFile())) {
            NativeConfiguration configuration = new NativeConfiguration(
                    json(jar, FOLDER + "reflect-config.json"), json(jar, FOLDER + "resource-config.json"));
            configuration.addCaffeine(folder.resolve("lib"));
            return configuration;
        } catch (IOException e) {
            throw new UncheckedIOException(folder + " is not there: ./mvnw package writes it", e);
        }
    }

    /** Whether all methods of the class can be found and called by name. */
    public boolean hasMethods(String className) {
        return has(className, "allDeclaredMethods");
    }

    /** Whether the class can be instantiated by name. */
    public boolean hasConstructors(String className) {
        return has(className, "allDeclaredConstructors");
    }

    /** Whether the file, by its path on the class path, is in the executable. */
    public boolean hasResource(String path) {
        return resources.stream().anyMatch(pattern -> pattern.matcher(path).matches());
    }

    private boolean has(String className, String what) {
        JsonNode entry = classes.get(className);
        return entry != null && entry.path(what).asBoolean();
    }

    private void addCaffeine(Path libraries) throws IOException {
        try (JarFile jar = new JarFile(
                one(libraries, "io.quarkus.quarkus-caffeine-[0-9]*.jar").toFile())) {
            String constants = new String(bytes(jar, CAFFEINE), StandardCharsets.ISO_8859_1);
            JsonNode constructors = new ObjectMapper().createObjectNode().put("allDeclaredConstructors", true);
            Set<String> names = new HashSet<>();
            Pattern.compile("com\\.github\\.benmanes\\.caffeine\\.cache\\.[A-Z]{3,}")
                    .matcher(constants)
                    .results()
                    .forEach(name -> names.add(name.group()));
            names.forEach(name -> classes.putIfAbsent(name, constructors));
        }
    }

    private static Path one(Path folder, String pattern) throws IOException {
        try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, pattern)) {
            return found.iterator().next();
        }
    }

    private static JsonNode json(JarFile jar, String path) throws IOException {
        return new ObjectMapper().readTree(bytes(jar, path));
    }

    private static byte[] bytes(JarFile jar, String path) throws IOException {
        ZipEntry entry = jar.getEntry(path);
        try (InputStream in = jar.getInputStream(entry)) {
            return in.readAllBytes();
        }
    }
}
