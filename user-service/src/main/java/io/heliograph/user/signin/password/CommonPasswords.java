package io.heliograph.user.signin.password;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.stream.Collectors;

/** The most common passwords of 8 characters and more, in lower case. */
record CommonPasswords(Set<String> all) {

    private static final String RESOURCE = "/common-passwords.txt";

    static CommonPasswords load() {
        try (InputStream list = CommonPasswords.class.getResourceAsStream(RESOURCE);
                BufferedReader lines = new BufferedReader(new InputStreamReader(list, StandardCharsets.US_ASCII))) {
            return new CommonPasswords(
                    lines.lines().filter(line -> !line.startsWith("#")).collect(Collectors.toUnmodifiableSet()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    boolean contain(String lowerCase) {
        return all.contains(lowerCase);
    }
}
