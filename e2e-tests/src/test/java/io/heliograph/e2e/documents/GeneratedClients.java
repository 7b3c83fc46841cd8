package io.heliograph.e2e.documents;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Generates clients of a description of the API by openapi-generator, and runs programs that use them. */
final class GeneratedClients {

    static final String PACKAGE = "io.heliograph.generated";

    /** What a busy machine may take. */
    private static final long TIMEOUT_MINUTES = 10;

    private static final Path GENERATORS = Path.of("target/generators").toAbsolutePath();

    private final Path directory;

    private GeneratedClients(Path directory) {
        this.directory = directory;
    }

    /** Those in Java, TypeScript and Python, by one process. */
    static GeneratedClients of(String description) throws IOException {
        Path directory = Path.of("target/generated-clients").toAbsolutePath();
        Files.createDirectories(directory);
        Files.writeString(directory.resolve("openapi.json"), description);
        GeneratedClients clients = new GeneratedClients(directory);
        List<String> command = new ArrayList<>(List.of(
                java(),
                "-XX:TieredStopAtLevel=1",
                "-jar",
                GENERATORS.resolve("openapi-generator-cli.jar").toString()));
        command.addAll(List.of("batch", "--threads", "2", "--fail-fast"));
        for (String language : List.of("java", "typescript", "python")) {
            command.add(clients.configuration(language).toString());
        }
        clients.run(command, Map.of());
        return clients;
    }

    /** The directory of the client in this language. */
    Path of(Language language) {
        return directory.resolve(language.name().toLowerCase(java.util.Locale.ROOT));
    }

    enum Language {
        JAVA,
        TYPESCRIPT,
        PYTHON
    }

    /** A program of the test resources, copied to the client in its language. */
    Path program(Language language, String name) throws IOException {
        Path program = of(language).resolve(name);
        try (InputStream source = GeneratedClients.class.getResourceAsStream("/generated-clients/" + name)) {
            Files.writeString(program, new String(source.readAllBytes(), StandardCharsets.UTF_8));
        }
        return program;
    }

    /** The compiler of TypeScript, unpacked; Node.js runs it. */
    Path typeScriptCompiler() throws IOException {
        Path compiler = GENERATORS.resolve("typescript");
        if (Files.exists(compiler)) {
            return compiler.resolve("tsc.js");
        }
        try (FileSystem jar = FileSystems.newFileSystem(GENERATORS.resolve("typescript.jar"));
                Stream<Path> versions = Files.list(jar.getPath("/META-INF/resources/webjars/typescript"))) {
            Path library = versions.findFirst().orElseThrow().resolve("lib");
            Files.createDirectories(compiler);
            try (Stream<Path> files = Files.list(library)) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    Files.copy(file, compiler.resolve(file.getFileName().toString()));
                }
            }
        }
        return compiler.resolve("tsc.js");
    }

    /** The output of a command, which has to succeed. */
    String run(List<String> command, Map<String, String> environment) throws IOException {
        Path output = Files.createTempFile(directory, "output", ".txt");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().putAll(environment);
        Process process = builder.start();
        try {
            boolean ended = process.waitFor(TIMEOUT_MINUTES, TimeUnit.MINUTES);
            String text = Files.readString(output);
            if (!ended || process.exitValue() != 0) {
                throw new AssertionError(String.join(" ", command) + " failed:\n" + text);
            }
            return text;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } finally {
            process.destroyForcibly();
        }
    }

    /** Whether this command is there and succeeds. */
    static boolean succeeds(String... command) {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor(1, TimeUnit.MINUTES) && process.exitValue() == 0;
        } catch (IOException notThere) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    /** The jars that the tests were started with. */
    static String classPath(Path first) {
        return first + File.pathSeparator + System.getProperty("java.class.path");
    }

    private Path configuration(String language) throws IOException {
        String configuration =
                switch (language) {
                    case "java" -> """
                        {"generatorName": "java", "library": "native", "additionalProperties": {
                          "apiPackage": "%1$s", "modelPackage": "%1$s", "invokerPackage": "%1$s",
                          "openApiNullable": "false", "useJakartaEe": "true"},""".formatted(PACKAGE);
                    case "typescript" -> """
                        {"generatorName": "typescript-fetch",""";
                    default -> """
                        {"generatorName": "python",""";
                };
        return Files.writeString(
                directory.resolve(language + ".json"),
                configuration + """
                 "inputSpec": "%s", "outputDir": "%s",
                 "globalProperties": {"apiTests": "false", "modelTests": "false", "apiDocs": "false", "modelDocs": "false"}}
                """.formatted(directory.resolve("openapi.json"), directory.resolve(language)));
    }
}
