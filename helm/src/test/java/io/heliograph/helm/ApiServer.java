package io.heliograph.helm;

import com.google.gson.Gson;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;

/**
 * As much of the Kubernetes API as Helm and kubectl need to install, upgrade and roll back in the namespace
 * {@code heliograph}. Nothing of it runs.
 */
final class ApiServer implements AutoCloseable {

    /** What the chart has of each group and version. */
    private static final Map<String, List<String>> KINDS = Map.of(
            "v1", List.of("Namespace", "Pod", "Secret", "ConfigMap", "Service"),
            "apps/v1", List.of("Deployment"),
            "batch/v1", List.of("Job"),
            "autoscaling/v2", List.of("HorizontalPodAutoscaler"),
            "keda.sh/v1alpha1", List.of("ScaledObject"),
            "networking.k8s.io/v1", List.of("NetworkPolicy", "Ingress"),
            "policy/v1", List.of("PodDisruptionBudget"));

    static {
        // Head and body of an answer are two segments. Without this the second waits for the client's acknowledgement
        // of
        // the first, which Linux delays by 40 ms, and an installation asks a hundred times.
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private static final Gson GSON = new Gson();
    private static final String OPENAPI = "application/com.github.proto-openapi.spec.v2.v1.0+protobuf";

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final ApiObjects objects = new ApiObjects();
    private final Set<String> hidden = new HashSet<>();

    ApiServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    /** A kubeconfig that leads here. */
    Path kubeconfig(Path folder) throws IOException {
        return Files.writeString(
                folder.resolve("kubeconfig"), """
                apiVersion: v1
                kind: Config
                clusters: [{name: test, cluster: {server: "http://localhost:%d"}}]
                users: [{name: test, user: {token: test}}]
                contexts: [{name: test, context: {cluster: test, user: test, namespace: heliograph}}]
                current-context: test
                """.formatted(server.getAddress().getPort()));
    }

    /** Creates or replaces an object, as a field manager other than Helm. */
    synchronized void put(String manifest) {
        Manifest object = new Release(manifest).manifests().get(0);
        objects.put(path(object.kind(), object.name()), object.json());
    }

    synchronized Optional<Manifest> find(String kind, String name) {
        return objects.find(path(kind, name)).map(Manifest::new);
    }

    Manifest get(String kind, String name) {
        return find(kind, name).orElseThrow(() -> new AssertionError("no " + kind + " " + name));
    }

    synchronized List<String> names(String kind) {
        return objects.below(collection(kind)).stream()
                .map(object -> new Manifest(object).name())
                .toList();
    }

    /** What the scale subresource does, as which an autoscaler writes. */
    synchronized void scale(String deployment, int replicas) {
        JsonObject object = get("Deployment", deployment).json();
        object.getAsJsonObject("spec").addProperty("replicas", replicas);
        objects.put(path("Deployment", deployment), object);
    }

    /** Hides the object from the next request for it, as if it were created right after that. */
    synchronized void hideOnce(String kind, String name) {
        hidden.add(path(kind, name));
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private static String path(String kind, String name) {
        return collection(kind) + "/" + name;
    }

    private static String collection(String kind) {
        String version = KINDS.entrySet().stream()
                .filter(entry -> entry.getValue().contains(kind))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseThrow(() -> new AssertionError("no kind " + kind));
        return (version.contains("/") ? "/apis/" : "/api/") + version + "/namespaces/heliograph/" + plural(kind);
    }

    private static String plural(String kind) {
        String name = kind.toLowerCase(Locale.ROOT);
        if (name.endsWith("y")) {
            return name.substring(0, name.length() - 1) + "ies";
        }
        return name + (name.endsWith("s") ? "es" : "s");
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            if (path.equals("/openapi/v2")) {
                // Without any schema nothing is validated.
                exchange.getResponseHeaders().set("Content-Type", OPENAPI);
                exchange.sendResponseHeaders(200, -1);
                return;
            }
            byte[] sent = exchange.getRequestBody().readAllBytes();
            JsonObject body = SecretMessage.is(sent)
                    ? SecretMessage.read(sent)
                    : GSON.fromJson(new String(sent, StandardCharsets.UTF_8), JsonObject.class);
            String query =
                    Optional.ofNullable(exchange.getRequestURI().getQuery()).orElse("");
            Answer answer = answer(exchange.getRequestMethod(), path, query, body);
            byte[] bytes = answer.json().toString().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(answer.status(), bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    private synchronized Answer answer(String method, String path, String query, JsonObject body) {
        return switch (method) {
            case "POST" -> create(path, body);
            case "PUT" -> Answer.of(objects.find(path).map(present -> objects.put(path, body)));
            case "PATCH" -> Answer.of(objects.patch(path, body));
            case "DELETE" -> Answer.of(objects.delete(path));
            default -> read(path, query);
        };
    }

    private Answer create(String collection, JsonObject object) {
        String path = collection + "/" + new Manifest(object).name();
        if (objects.find(path).isPresent()) {
            return Answer.failure(409, "AlreadyExists");
        }
        return new Answer(201, objects.put(path, object));
    }

    private Answer read(String path, String query) {
        if (hidden.remove(path)) {
            return Answer.failure(404, "NotFound");
        }
        String last = path.substring(path.lastIndexOf('/') + 1);
        return Answer.of(discovery(path).or(() -> objects.find(path)).or(() -> KINDS.values().stream()
                .flatMap(List::stream)
                .filter(kind -> plural(kind).equals(last))
                .findFirst()
                .map(kind -> list(path, kind, query))));
    }

    private JsonObject list(String path, String kind, String query) {
        List<String> wanted = Arrays.stream(query.split("&", -1))
                .filter(part -> part.startsWith("labelSelector="))
                .flatMap(part ->
                        Arrays.stream(part.substring("labelSelector=".length()).split(",", -1)))
                .toList();
        JsonArray items = new JsonArray();
        objects.below(path).stream()
                .filter(object -> {
                    Map<String, String> labels = new Manifest(object).texts("metadata.labels");
                    return wanted.stream()
                            .map(label -> label.split("==?", 2))
                            .allMatch(label -> label[1].equals(labels.get(label[0])));
                })
                .forEach(items::add);
        JsonObject list = object("{'kind': '%sList', 'apiVersion': '%s', 'metadata': {'resourceVersion': '%s'}}"
                .formatted(kind, collection(kind).replaceFirst("/apis?/(.*)/namespaces/.*", "$1"), objects.version()));
        list.add("items", items);
        return list;
    }

    private static Optional<JsonObject> discovery(String path) {
        String version = path.replaceFirst("^/apis?/", "");
        if (path.equals("/version")) {
            return Optional.of(object("{'major': '1', 'minor': '33', 'gitVersion': 'v1.33.0'}"));
        }
        if (path.equals("/api")) {
            return Optional.of(object("{'kind': 'APIVersions', 'versions': ['v1']}"));
        }
        if (path.equals("/apis")) {
            return Optional.of(object(KINDS.keySet().stream()
                    .filter(group -> group.contains("/"))
                    .map(group -> "{'name': '%s', 'versions': [{'groupVersion': '%s', 'version': '%s'}]}"
                            .formatted(group.split("/", 2)[0], group, group.split("/", 2)[1]))
                    .collect(Collectors.joining(",", "{'kind': 'APIGroupList', 'groups': [", "]}"))));
        }
        return Optional.ofNullable(KINDS.get(version))
                .map(kinds -> object(kinds.stream()
                        .map(kind ->
                                "{'name': '%s', 'kind': '%s', 'namespaced': true, 'verbs': ['get', 'list', 'create', 'patch']}"
                                        .formatted(plural(kind), kind))
                        .collect(Collectors.joining(
                                ",",
                                "{'kind': 'APIResourceList', 'groupVersion': '" + version + "', 'resources': [",
                                "]}"))));
    }

    private static JsonObject object(String text) {
        return GSON.fromJson(text.replace('\'', '"'), JsonObject.class);
    }

    private record Answer(int status, JsonObject json) {

        static Answer of(Optional<JsonObject> found) {
            return found.map(json -> new Answer(200, json)).orElseGet(() -> failure(404, "NotFound"));
        }

        static Answer failure(int status, String reason) {
            return new Answer(
                    status,
                    object("{'kind': 'Status', 'apiVersion': 'v1', 'status': 'Failure', 'reason': '%s', 'code': %d}"
                            .formatted(reason, status)));
        }
    }
}
