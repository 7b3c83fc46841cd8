package io.heliograph.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.ReferencedClassObject;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.Location;
import io.heliograph.e2e.testsupport.Heliograph;
import io.heliograph.e2e.testsupport.NativeConfiguration;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * All that a service reaches by name is in the configuration of its native executable, which the build writes on the JVM
 * too. One test for each way by which something is reached; docs/operations/kubernetes.md lists what there is.
 */
class NativeConfigurationTest {

    private static final Set<String> LOOK_UPS = Set.of(
            "forName",
            "getMethod",
            "getMethods",
            "getDeclaredMethod",
            "getDeclaredMethods",
            "getField",
            "getDeclaredField",
            "getDeclaredFields",
            "getConstructor",
            "getDeclaredConstructor");

    private static final Set<String> BINDINGS =
            Set.of("readValue", "readerFor", "forType", "treeToValue", "convertValue", "writerFor", "constructType");

    private static final Map<String, JavaClasses> CLASSES = new HashMap<>();

    /** Read by the build itself, which applies it to the executable. */
    private static final Predicate<String> BUILD_SETTINGS = path -> path.equals("application.properties");

    /** The validator of settings calls the getters of the generated classes by name. */
    @ParameterizedTest
    @ValueSource(strings = {"user-service", "message-service", "gateway-service"})
    void shouldRegisterTheGettersOfEachConfiguration(String service) {
        NativeConfiguration configuration = NativeConfiguration.of(service);
        List<JavaClass> mappings = classes(service).stream()
                .filter(type ->
                        type.isInterface() && outermost(type).isAnnotatedWith("io.smallrye.config.ConfigMapping"))
                .toList();
        assertFalse(mappings.isEmpty());

        assertNone(mappings.stream()
                .map(mapping -> mapping.getName() + "$$CMImpl")
                .filter(generated -> !configuration.hasMethods(generated)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"user-service", "message-service", "gateway-service"})
    void shouldRegisterTypesThatJacksonBindsOutsideOfSignatures(String service) {
        NativeConfiguration configuration = NativeConfiguration.of(service);

        assertNone(codeUnits(service)
                .filter(unit -> Stream.of("ObjectMapper", "ObjectReader")
                        .map("com.fasterxml.jackson.databind."::concat)
                        .flatMap(owner -> calls(unit, owner).stream())
                        .anyMatch(BINDINGS::contains))
                .flatMap(unit -> unit.getReferencedClassObjects().stream())
                .map(ReferencedClassObject::getRawType)
                .filter(bound -> bound.getPackageName().startsWith("io.heliograph"))
                .map(JavaClass::getName)
                .filter(bound -> !configuration.hasMethods(bound) || !configuration.hasConstructors(bound)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"user-service", "message-service", "gateway-service"})
    void shouldIncludeEachFileOfTheService(String service) throws IOException {
        NativeConfiguration configuration = NativeConfiguration.of(service);
        Path folder = folder(service);
        try (Stream<Path> files = Files.walk(folder)) {
            assertNone(files.filter(Files::isRegularFile)
                    .map(file -> folder.relativize(file).toString())
                    .filter(path -> !path.endsWith(".class"))
                    .filter(BUILD_SETTINGS.negate())
                    .filter(path -> !configuration.hasResource(path)));
        }
    }

    /** Caffeine has a class for each combination of features, and finds it by name. */
    @ParameterizedTest
    @ValueSource(strings = {"user-service", "message-service", "gateway-service"})
    void shouldRegisterTheClassesOfEachCache(String service) {
        NativeConfiguration configuration = NativeConfiguration.of(service);
        List<Set<String>> caches = codeUnits(service)
                .map(unit -> calls(unit, "com.github.benmanes.caffeine.cache.Caffeine"))
                .filter(calls -> calls.contains("newBuilder"))
                .toList();
        assertFalse(caches.isEmpty());

        assertNone(caches.stream()
                .flatMap(calls -> Stream.of("S" + cache(calls), "P" + entry(calls)))
                .map("com.github.benmanes.caffeine.cache."::concat)
                .filter(type -> !configuration.hasConstructors(type)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"user-service", "message-service", "gateway-service"})
    void shouldRegisterTypesThatAreLookedUpByName(String service) {
        NativeConfiguration configuration = NativeConfiguration.of(service);

        assertNone(codeUnits(service)
                .filter(unit -> calls(unit, "java.lang.Class").stream().anyMatch(LOOK_UPS::contains))
                .flatMap(unit -> unit.getReferencedClassObjects().stream())
                .map(looked -> looked.getRawType().getName())
                .filter(looked -> !configuration.hasMethods(looked)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"user-service", "message-service", "gateway-service"})
    void shouldIncludeFilesOfServiceLoaders(String service) {
        NativeConfiguration configuration = NativeConfiguration.of(service);

        assertNone(codeUnits(service)
                .filter(unit -> calls(unit, "java.util.ServiceLoader").contains("load"))
                .flatMap(unit -> unit.getReferencedClassObjects().stream())
                .map(loaded -> "META-INF/services/" + loaded.getRawType().getName())
                .filter(file -> !configuration.hasResource(file)));
    }

    /** Strong keys and values; what listens and what is weak is not used, and would have letters of its own. */
    private static String cache(Set<String> calls) {
        return "S"
                + (calls.contains("removalListener") ? "L" : "")
                + (calls.contains("recordStats") ? "S" : "")
                + bound(calls)
                + expiry(calls);
    }

    private static String entry(Set<String> calls) {
        return "S" + expiry(calls) + bound(calls);
    }

    private static String bound(Set<String> calls) {
        return calls.contains("maximumWeight") ? "MW" : calls.contains("maximumSize") ? "MS" : "";
    }

    private static String expiry(Set<String> calls) {
        return (calls.contains("expireAfterAccess") || calls.contains("expireAfter") ? "A" : "")
                + (calls.contains("expireAfterWrite") ? "W" : "")
                + (calls.contains("refreshAfterWrite") ? "R" : "");
    }

    private static Set<String> calls(JavaCodeUnit unit, String owner) {
        return unit.getAccessesFromSelf().stream()
                .filter(access -> access.getTargetOwner().getName().equals(owner))
                .map(JavaAccess::getName)
                .collect(Collectors.toSet());
    }

    private static Stream<JavaCodeUnit> codeUnits(String service) {
        return classes(service).stream().flatMap(type -> type.getCodeUnits().stream());
    }

    private static JavaClasses classes(String service) {
        return CLASSES.computeIfAbsent(service, unread -> new ClassFileImporter().importLocations(locations(service)));
    }

    /** Of the service, and of the libraries of ours that it has. */
    private static Set<Location> locations(String service) {
        Set<Location> locations = new HashSet<>(Set.of(Location.of(folder(service))));
        Path libraries = Heliograph.home().resolve(service).resolve("target/native-sources/lib");
        try (DirectoryStream<Path> ours = Files.newDirectoryStream(libraries, "io.heliograph.*.jar")) {
            for (Path library : ours) {
                locations.add(Location.of(URI.create("jar:" + library.toUri() + "!/")));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return locations;
    }

    private static Path folder(String service) {
        return Heliograph.home().resolve(service).resolve("target/classes");
    }

    private static JavaClass outermost(JavaClass type) {
        return type.getEnclosingClass().map(NativeConfigurationTest::outermost).orElse(type);
    }

    private static void assertNone(Stream<String> unregistered) {
        assertEquals(Set.of(), unregistered.collect(Collectors.toCollection(TreeSet::new)));
    }
}
