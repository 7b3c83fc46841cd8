package io.heliograph.e2e;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.heliograph.e2e.testsupport.Certificate;
import io.heliograph.e2e.testsupport.Database;
import io.heliograph.e2e.testsupport.PackagedService;
import io.heliograph.localstack.store.FreePorts;
import io.heliograph.localstack.store.PostgresServer;
import io.heliograph.localstack.store.RedisServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Stores with TLS, with the same settings as in the chart. */
@Execution(ExecutionMode.CONCURRENT)
class TlsTest {

    private static final Duration START = Duration.ofMinutes(4);

    private static PostgresServer postgres;
    private static RedisServer redis;
    private static int redisPort;
    private static int redisTlsPort;
    private static Certificate server;
    private static Certificate untrusted;

    private final Database database = Database.make(postgres);

    @BeforeAll
    static void start(@TempDir Path folder) throws Exception {
        server = Certificate.make(folder.resolve("server"));
        untrusted = Certificate.make(folder.resolve("untrusted"));
        postgres = PostgresServer.fast(folder.resolve("postgres"), FreePorts.next());
        Database all = new Database(postgres, PostgresServer.DATABASE);
        all.run("alter system set ssl_cert_file = '" + server.certificate() + "'");
        all.run("alter system set ssl_key_file = '" + server.key() + "'");
        all.run("alter system set ssl = on");
        all.run("select pg_reload_conf()");
        redisPort = FreePorts.next();
        redis = RedisServer.start(folder.resolve("redis"), redisPort);
        redisTlsPort = FreePorts.next();
    }

    @AfterAll
    static void stop() {
        redis.close();
        postgres.close();
    }

    @Test
    void shouldConnectToStoresWithATrustedCertificate() {
        assumeTrue(turnTlsOnInRedis(), "this Redis was built without TLS");
        try (PackagedService service = PackagedService.start("message-service", environment("localhost", server))) {
            await().atMost(START).untilAsserted(() -> assertTrue(connections("ssl") >= 2, service::output));
            await().atMost(START).until(() -> askRedis("CLIENT LIST").contains("laddr=127.0.0.1:" + redisTlsPort));
            assertEquals(0, connections("not ssl"));
            assertTrue(database.count("select count(*) from message_service.flyway_schema_history") > 0);
        }
    }

    @Test
    void shouldNotTrustAnotherCertificate() throws Exception {
        assertRefused(environment("localhost", untrusted), "PKIX");
    }

    @Test
    void shouldNotTrustACertificateForAnotherHost() throws Exception {
        assertRefused(environment("127.0.0.1", server), "127.0.0.1");
    }

    /** By neither of the two drivers, of migrations and of requests. */
    private void assertRefused(Map<String, String> environment, String reason) throws Exception {
        environment.put("QUARKUS_FLYWAY_CONNECT_RETRIES", "0");
        try (PackagedService migration = PackagedService.start("message-service", environment)) {
            assertEquals(1, migration.end(), migration::output);
            assertTrue(migration.output().contains(reason), migration::output);
        }
        environment.put("QUARKUS_FLYWAY_MIGRATE_AT_START", "false");
        URI health = URI.create("http://localhost:" + environment.get("QUARKUS_MANAGEMENT_PORT") + "/q/health/");
        try (PackagedService service = PackagedService.start("message-service", environment)) {
            await().atMost(START)
                    .ignoreExceptions()
                    .untilAsserted(() -> assertEquals(200, status(health.resolve("started")), service::output));
            assertEquals(503, status(health.resolve("ready")), service::output);
            assertEquals(0, connections("true"), service::output);
        }
    }

    private static int status(URI uri) throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(uri).build(), BodyHandlers.discarding())
                .statusCode();
    }

    private Map<String, String> environment(String host, Certificate authority) {
        String file = authority.certificate().toString();
        String url = "postgresql://%s:%d/%s".formatted(host, postgres.port(), database.name());
        Map<String, String> environment = new HashMap<>();
        environment.put("QUARKUS_HTTP_PORT", Integer.toString(FreePorts.next()));
        environment.put("HELIOGRAPH_TOKENS_JWKS_URL", "http://localhost:1/.well-known/jwks.json");
        environment.put("QUARKUS_MANAGEMENT_PORT", Integer.toString(FreePorts.next()));
        environment.put("QUARKUS_DATASOURCE_USERNAME", PostgresServer.USER);
        environment.put("QUARKUS_DATASOURCE_PASSWORD", PostgresServer.USER);
        // The first attempt must get the reason of the rejection, on a busy machine too.
        String patiently = "&loginTimeout=" + START.toSeconds();
        environment.put(
                "QUARKUS_DATASOURCE_JDBC_URL", "jdbc:" + url + "?sslmode=verify-full&sslrootcert=" + file + patiently);
        for (String datasource : List.of("QUARKUS_DATASOURCE", "QUARKUS_DATASOURCE_REPLICA")) {
            environment.put(datasource + "_REACTIVE_URL", url);
            environment.put(datasource + "_REACTIVE_POSTGRESQL_SSL_MODE", "verify-full");
            environment.put(datasource + "_REACTIVE_HOSTNAME_VERIFICATION_ALGORITHM", "HTTPS");
            environment.put(datasource + "_REACTIVE_TRUST_CERTIFICATE_PEM", "true");
            environment.put(datasource + "_REACTIVE_TRUST_CERTIFICATE_PEM_CERTS", file);
        }
        environment.put("QUARKUS_REDIS_HOSTS", "rediss://" + host + ":" + redisTlsPort);
        environment.put("QUARKUS_REDIS_TLS_HOSTNAME_VERIFICATION_ALGORITHM", "HTTPS");
        environment.put("QUARKUS_REDIS_TLS_TRUST_CERTIFICATE_PEM", "true");
        environment.put("QUARKUS_REDIS_TLS_TRUST_CERTIFICATE_PEM_CERTS", file);
        return environment;
    }

    /** Connections of the service: all but that of this query. */
    private long connections(String which) {
        return database.count("""
                select count(*) from pg_stat_ssl join pg_stat_activity using (pid)
                where datname = current_database() and pid <> pg_backend_pid() and\s""" + which);
    }

    private static boolean turnTlsOnInRedis() {
        return Stream.of(
                        "CONFIG SET tls-cert-file " + server.certificate(),
                        "CONFIG SET tls-key-file " + server.key(),
                        "CONFIG SET tls-ca-cert-file " + server.certificate(),
                        "CONFIG SET tls-auth-clients no",
                        "CONFIG SET tls-port " + redisTlsPort)
                .allMatch(command -> askRedis(command).equals("+OK"));
    }

    /** The response to a command, without that to the QUIT that ends the connection. */
    private static String askRedis(String command) {
        try (Socket socket = new Socket("127.0.0.1", redisPort)) {
            socket.getOutputStream().write((command + "\r\nQUIT\r\n").getBytes(StandardCharsets.UTF_8));
            String answers = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return answers.substring(0, answers.lastIndexOf("+OK")).trim();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
