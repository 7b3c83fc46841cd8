package io.heliograph.user;

import io.heliograph.user.token.NewSigningKey;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;

/** Starts the service; or, with {@code new-signing-key [file]}, prints a new key and those of the file, and exits. */
@QuarkusMain
public final class UserService {

    public static void main(String... arguments) throws IOException {
        if (arguments.length > 0 && "new-signing-key".equals(arguments[0])) {
            System.out.println(NewSigningKey.before(
                    Arrays.stream(arguments).skip(1).findFirst().map(Path::of)));
        } else {
            Quarkus.run(arguments);
        }
    }
}
