package io.heliograph.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Values in a folder that only its owner can read. They outlive the process; if the machine itself fails, values of the
 * last seconds may be lost. Several programs may use the same folder.
 */
public final class FileStorage implements ClientStorage {

    private static final String SUFFIX = ".json";

    private record Entry(String key, String value) {}

    private final Path folder;

    /** @throws UncheckedIOException if the folder does not exist and cannot be created */
    public FileStorage(Path folder) {
        try {
            this.folder = Files.createDirectories(folder, privately(folder, "rwx------"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Optional<String> get(String key) {
        return read(file(key)).map(Entry::value);
    }

    @Override
    public void put(String key, String value) {
        try {
            Path written = Files.createTempFile(folder, "new", ".tmp", privately(folder, "rw-------"));
            try {
                Files.writeString(written, Json.write(new Entry(key, value)));
                move(written, file(key));
            } finally {
                Files.deleteIfExists(written);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void remove(String key) {
        try {
            Files.deleteIfExists(file(key));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public List<String> keys(String prefix) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(SUFFIX))
                    .flatMap(file -> read(file).stream())
                    .map(Entry::key)
                    .filter(key -> key.startsWith(prefix))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Empty for a file that is not an entry. */
    private static Optional<Entry> read(Path file) {
        try {
            Entry entry = Json.MAPPER.readValue(Files.readString(file), Entry.class);
            return Optional.ofNullable(entry).filter(each -> each.key() != null && each.value() != null);
        } catch (NoSuchFileException | JsonProcessingException notStored) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The name is the SHA-256 of the key, since keys may be longer than file names. */
    private Path file(String key) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
            return folder.resolve(HexFormat.of().formatHex(hash) + SUFFIX);
        } catch (NoSuchAlgorithmException everyPlatformHasIt) {
            throw new IllegalStateException(everyPlatformHasIt);
        }
    }

    /** Moves the file, so that readers see either all of it or none. */
    private static void move(Path written, Path target) throws IOException {
        try {
            Files.move(written, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(written, target, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private static FileAttribute<?>[] privately(Path where, String permissions) {
        boolean isPosix = where.getFileSystem().supportedFileAttributeViews().contains("posix");
        return isPosix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }
}
