package io.heliograph.e2e.testsupport;

import io.heliograph.localstack.store.FreePorts;
import io.heliograph.localstack.store.PostgresServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** PgBouncer before a PostgreSQL, as docs/pgbouncer.ini sets it up. */
public final class PgBouncer implements AutoCloseable {

    private final Process process;
    private final int port;

    private PgBouncer(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /** Where it is on this machine, if it is; Debian has it where the path of most users does not look. */
    public static Optional<Path> program() {
        return Stream.concat(Stream.of(System.getenv("PATH").split(":")), Stream.of("/usr/sbin"))
                .map(folder -> Path.of(folder, "pgbouncer"))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** @param mode of pooling: session, transaction or statement */
    public static PgBouncer start(PostgresServer server, String mode) throws IOException {
        int port = FreePorts.next();
        Path folder = Files.createTempDirectory("pgbouncer");
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.writeString(folder.resolve("userlist.txt"), "\"%1$s\" \"%1$s\"\n".formatted(PostgresServer.USER));
        Path documented = Files.copy(Heliograph.home().resolve("docs/pgbouncer.ini"), folder.resolve("documented.ini"));
        Path configuration = Files.writeString(folder.resolve("pgbouncer.ini"), """
                %%include %s
                [databases]
                * = host=localhost port=%d
                [pgbouncer]
                listen_addr = localhost
                listen_port = %d
                unix_socket_dir =
                auth_file = %s
                pool_mode = %s
                """.formatted(
                        documented, server.port(), port, folder.resolve("userlist.txt"), mode));
        List<String> command = new ArrayList<>(List.of(program().orElseThrow().toString(), configuration.toString()));
        if (System.getProperty("user.name").equals("root")) {
            // As root it does not run.
            command.add("--user=nobody");
        }
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("pgbouncer.log").toFile())
                .start();
        return new PgBouncer(process, port);
    }

    public int port() {
        return port;
    }

    @Override
    public void close() {
        process.destroyForcibly();
        process.onExit().join();
    }
}
