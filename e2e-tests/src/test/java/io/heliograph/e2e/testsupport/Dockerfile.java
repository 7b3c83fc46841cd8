package io.heliograph.e2e.testsupport;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** A Dockerfile of ours, read as far as those use the language; {@code docker build} itself runs in the workflows. */
public final class Dockerfile {

    private record Instruction(String name, String arguments) {}

    /** What is copied from the build's context, and to where in the working folder. */
    private record Copy(String source, String target) {}

    private static final ObjectMapper JSON = new ObjectMapper();

    private final List<Instruction> instructions;

    private Dockerfile(List<Instruction> instructions) {
        this.instructions = instructions;
    }

    /** The one of {@code images} with this ending, as it is with the build argument SERVICE. */
    public static Dockerfile of(String ending, String service) {
        try {
            String text = Files.readString(Heliograph.home().resolve("images/Dockerfile." + ending));
            return new Dockerfile(text.replace("${SERVICE}", service)
                    .replaceAll("\\\\\\R", "")
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(line -> line.split("\\s+", 2))
                    .map(parts -> new Instruction(parts[0], parts[1]))
                    .toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The arguments of the last instruction of this name, the one that counts. */
    public String last(String name) {
        return all(name).reduce((former, latter) -> latter).orElseThrow(() -> new AssertionError("no " + name));
    }

    /** The last instruction of this name in its exec form, which starts no shell. */
    public List<String> command(String name) {
        try {
            return List.of(JSON.readValue(last(name), String[].class));
        } catch (JsonProcessingException e) {
            throw new AssertionError(name + " is not in exec form: " + last(name), e);
        }
    }

    /** What a variable of the environment is set to. */
    public String environment(String variable) {
        return all("ENV")
                .filter(arguments -> arguments.startsWith(variable + "=\""))
                .map(arguments -> arguments.substring(variable.length() + 2, arguments.length() - 1))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + variable));
    }

    /** The images that it is made from. */
    public List<String> bases() {
        List<String> stages = all("FROM")
                .filter(arguments -> arguments.contains(" AS "))
                .map(arguments -> arguments.substring(arguments.indexOf(" AS ") + 4))
                .toList();
        return all("FROM")
                .map(arguments -> arguments.split(" ", 2)[0])
                .filter(image -> !stages.contains(image))
                .toList();
    }

    /** Puts into {@code folder} what it copies from the context, in its order. */
    public void layOut(Path context, Path folder) throws IOException {
        for (Copy copy : all("COPY")
                .filter(arguments -> !arguments.startsWith("--from"))
                .map(Dockerfile::copy)
                .toList()) {
            copy(context.resolve(copy.source()), folder.resolve(copy.target()).normalize());
        }
    }

    private Stream<String> all(String name) {
        return instructions.stream()
                .filter(instruction -> instruction.name().equals(name))
                .map(Instruction::arguments);
    }

    private static Copy copy(String arguments) {
        String[] words = Arrays.stream(arguments.split(" ", -1))
                .filter(word -> !word.startsWith("--"))
                .toArray(String[]::new);
        return new Copy(words[0], words[1]);
    }

    private static void copy(Path source, Path target) throws IOException {
        try (Stream<Path> files = Files.walk(source)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path to = Files.isDirectory(source)
                        ? target.resolve(source.relativize(file).toString())
                        : target.resolve(file.getFileName());
                Files.createDirectories(to.getParent());
                // With its time: the start-up cache knows archives by it.
                Files.copy(file, to, StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
    }
}
