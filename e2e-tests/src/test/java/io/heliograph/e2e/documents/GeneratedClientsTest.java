package io.heliograph.e2e.documents;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.heliograph.e2e.documents.GeneratedClients.Language;
import io.heliograph.e2e.testsupport.Heliograph;
import io.heliograph.e2e.testsupport.RunningHeliograph;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Clients that are generated from the description of the API compile, and a program registers, signs in, makes a room,
 * sends into it and reads it by each of them.
 */
@ExtendWith(RunningHeliograph.class)
class GeneratedClientsTest {

    private static final String DONE = "sent, listed and read";
    private static final String PASSWORD = "a lighthouse on the shore";

    /** Of all tests of this class: generating takes most of the time. */
    private static GeneratedClients generated;

    private final Heliograph heliograph;

    GeneratedClientsTest(Heliograph heliograph) {
        this.heliograph = heliograph;
    }

    @Test
    void shouldUseTheClientInJava() throws IOException {
        GeneratedClients clients = clients();
        Path program = clients.program(Language.JAVA, "Program.java");
        Path classes = clients.of(Language.JAVA).resolve("classes");
        compile(clients.of(Language.JAVA).resolve("src/main/java"), program, classes);

        String output = clients.run(
                List.of(
                        GeneratedClients.java(),
                        "-cp",
                        GeneratedClients.classPath(classes),
                        "Program",
                        gateway(),
                        username(),
                        PASSWORD),
                Map.of());

        assertTrue(output.contains(DONE), output);
    }

    @Test
    void shouldUseTheClientInTypeScript() throws IOException {
        assumeTrue(GeneratedClients.succeeds("node", "--version"), "Node.js is not installed");
        GeneratedClients clients = clients();
        Path program = clients.program(Language.TYPESCRIPT, "program.ts");
        Path modules = clients.of(Language.TYPESCRIPT).resolve("modules");
        clients.run(
                List.of(
                        "node",
                        clients.typeScriptCompiler().toString(),
                        "--strict",
                        "--target",
                        "es2022",
                        "--module",
                        "commonjs",
                        "--lib",
                        "es2022,dom,dom.iterable",
                        "--outDir",
                        modules.toString(),
                        program.toString()),
                Map.of());

        String output = clients.run(
                List.of("node", modules.resolve("program.js").toString(), gateway(), username(), PASSWORD), Map.of());

        assertTrue(output.contains(DONE), output);
    }

    @Test
    void shouldUseTheClientInPython() throws IOException {
        assumeTrue(
                GeneratedClients.succeeds("python3", "-c", "import pydantic, urllib3, dateutil, typing_extensions"),
                "Python 3 with pydantic, urllib3, dateutil and typing_extensions is not installed");
        GeneratedClients clients = clients();
        Path program = clients.program(Language.PYTHON, "program.py");

        String output = clients.run(
                List.of("python3", program.toString(), gateway(), username(), PASSWORD),
                Map.of("PYTHONPATH", clients.of(Language.PYTHON).toString()));

        assertTrue(output.contains(DONE), output);
    }

    private GeneratedClients clients() throws IOException {
        synchronized (GeneratedClientsTest.class) {
            if (generated == null) {
                generated = GeneratedClients.of(heliograph
                        .gateway()
                        .get("/api/docs/openapi.json")
                        .expect(200)
                        .body()
                        .toString());
            }
            return generated;
        }
    }

    private String gateway() {
        String address = heliograph.gateway().address().toString();
        return address.endsWith("/") ? address.substring(0, address.length() - 1) : address;
    }

    private static String username() {
        return "g" + UUID.randomUUID().toString().replace("-", "").substring(0, 20);
    }

    private static void compile(Path sources, Path program, Path classes) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        Files.createDirectories(classes);
        StringWriter errors = new StringWriter();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null);
                Stream<Path> all = Files.walk(sources)) {
            List<Path> compiled = Stream.concat(
                            all.filter(file -> file.toString().endsWith(".java")), Stream.of(program))
                    .toList();
            boolean succeeded = compiler.getTask(
                            errors,
                            files,
                            null,
                            List.of("-nowarn", "-proc:none", "-d", classes.toString()),
                            null,
                            files.getJavaFileObjectsFromPaths(compiled))
                    .call();
            assertEquals("", succeeded ? "" : errors.toString());
        }
    }
}
