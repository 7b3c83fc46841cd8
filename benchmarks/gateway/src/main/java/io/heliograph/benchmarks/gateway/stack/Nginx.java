package io.heliograph.benchmarks.gateway.stack;

import io.heliograph.benchmarks.harness.machine.Machine;
import io.heliograph.benchmarks.harness.machine.Usage;
import io.heliograph.benchmarks.harness.process.PeerProcess;
import io.heliograph.localstack.store.FreePorts;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** nginx as the service behind the gateway, or as the proxy to which the gateway is compared. */
public final class Nginx implements AutoCloseable {

    private static final Path EXECUTABLE = Path.of("/usr/sbin/nginx");

    /** The entity tag of the cacheable response. */
    static final String TAG = "\"one\"";

    /**
     * Connections persist for the whole run, nothing is logged, and nothing is written outside the folder, which only
     * the user of this process can access.
     */
    private static final String CONFIGURATION = """
            daemon off;
            user %s;
            worker_processes %d;
            pid pid;
            error_log error.log;
            events { worker_connections 4096; }
            http {
              access_log off;
              keepalive_timeout 1h;
              keepalive_requests 1000000000;
              client_body_temp_path body;
              proxy_temp_path proxy;
              fastcgi_temp_path fastcgi;
              uwsgi_temp_path uwsgi;
              scgi_temp_path scgi;
              %s
            }
            """;

    /** A description of a room of 190 bytes, cacheable for a minute, and the number of requests so far. */
    private static final String ANSWERING = """
            server {
              listen 127.0.0.1:%1$d;
              default_type application/json;
              location / {
                return 200 '%2$s';
              }
              location ~ ^/api/(previews|jobs)/ {
                add_header Cache-Control "public, max-age=60";
                add_header ETag '%3$s';
                return 200 '%2$s';
              }
              location = /requests {
                stub_status;
              }
            }
            """;

    private static final String ROOM = "{\"id\":\"0199c0de-0000-7000-8000-000000000001\",\"name\":\"a room\","
            + "\"visibility\":\"public\",\"lastSeq\":12345,\"members\":42,"
            + "\"topic\":\"what a service may say about a room of ours, in so many words\"}";

    private static final String PROXYING = """
            %3$s
            upstream service {
              server 127.0.0.1:%1$d;
              keepalive 128;
              keepalive_requests 1000000000;
            }
            server {
              listen 127.0.0.1:%2$d;
              location / {
                proxy_pass http://service;
                proxy_http_version 1.1;
                proxy_set_header Connection "";
              }
            }
            """;

    /** Caches for as long as the response allows. Of concurrent misses one is forwarded and the others wait for it. */
    private static final String CACHE = """
            proxy_cache_path cache keys_zone=answers:1m;
            proxy_cache answers;
            proxy_cache_lock on;
            """;

    private static final Pattern REQUESTS = Pattern.compile("\\d+ \\d+ (\\d+)");

    private final PeerProcess process;

    private Nginx(PeerProcess process) {
        this.process = process;
    }

    public static boolean isInstalled() {
        return Files.isExecutable(EXECUTABLE);
    }

    static String version() {
        return Machine.run(List.of(EXECUTABLE.toString(), "-v"))
                .replace("nginx version: nginx/", "")
                .strip();
    }

    /** A service that responds at once. */
    static Nginx answering(Path folder, String core) {
        int port = FreePorts.next();
        return start(folder, core, port, 1, ANSWERING.formatted(port, ROOM, TAG));
    }

    /** A plain {@code proxy_pass} to the service, over persistent connections. */
    static Nginx proxying(Path folder, Placement placement, Nginx service) {
        return proxying(folder, placement, service, "");
    }

    /** The same with a cache. */
    static Nginx caching(Path folder, Placement placement, Nginx service) {
        return proxying(folder, placement, service, CACHE);
    }

    private static Nginx proxying(Path folder, Placement placement, Nginx service, String cache) {
        int port = FreePorts.next();
        String servers = PROXYING.formatted(service.address().getPort(), port, cache);
        return start(folder, placement.proxy, port, placement.workers, servers);
    }

    String url() {
        return "http://127.0.0.1:" + address().getPort();
    }

    /** The number of requests that the service has received. */
    long requests() {
        try (InputStream status = URI.create(url() + "/requests").toURL().openStream()) {
            Matcher matcher = REQUESTS.matcher(new String(status.readAllBytes(), StandardCharsets.US_ASCII));
            if (!matcher.find()) {
                throw new IllegalStateException("nginx did not report the number of requests");
            }
            return Long.parseLong(matcher.group(1));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    InetSocketAddress address() {
        return process.address();
    }

    Usage usage() {
        return process.usage();
    }

    private static Nginx start(Path folder, String core, int port, int workers, String servers) {
        Path output = folder.resolve("output");
        try {
            Files.createDirectories(folder);
            Files.writeString(
                    folder.resolve("nginx.conf"),
                    CONFIGURATION.formatted(System.getProperty("user.name"), workers, servers));
            ProcessBuilder nginx = new ProcessBuilder(
                            "taskset", "-c", core, EXECUTABLE.toString(), "-p", folder + "/", "-c", "nginx.conf")
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile());
            return new Nginx(start(nginx, port, output));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static PeerProcess start(ProcessBuilder nginx, int port, Path output) throws IOException {
        try {
            return PeerProcess.start(nginx, port);
        } catch (IllegalStateException didNotStart) {
            throw new IllegalStateException("nginx did not start: " + Files.readString(output), didNotStart);
        }
    }

    @Override
    public void close() {
        process.close();
    }
}
