package io.heliograph.user.token;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The file of the signing keys. A change is detected by its content, because Kubernetes replaces a symbolic link above
 * it, and file times are coarse.
 */
final class KeyFile {

    /** In bytes. A key takes up to some 2,000; a larger file is no key set. */
    private static final long LARGEST = 64 * 1024;

    private final Path path;
    private Content last;

    /** The content of the file, or the reason why it cannot be read; the other is null. */
    private record Content(String text, String failure) {}

    KeyFile(Path path) {
        this.path = path;
    }

    /** Null if the file has not changed. Throws {@link IllegalArgumentException} once for each invalid version. */
    KeySet readIfChanged() {
        Content now = content();
        if (now.equals(last)) {
            return null;
        }
        last = now;
        try {
            if (now.failure() != null) {
                throw new IllegalArgumentException(now.failure());
            }
            return KeySet.parse(now.text());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("heliograph.tokens.signing-keys (" + path + ") " + e.getMessage(), e);
        }
    }

    private Content content() {
        try {
            return Files.size(path) > LARGEST
                    ? new Content(null, "is larger than " + LARGEST + " bytes")
                    : new Content(Files.readString(path), null);
        } catch (IOException e) {
            return new Content(null, "cannot be read");
        }
    }
}
