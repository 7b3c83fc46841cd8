import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The backend of a product: tokens for its users, rooms for them, a word of its own. Runs with {@code java Backend.java};
 * a real one has a JSON library in place of {@link #values}.
 */
public final class Backend {

    private static final String URL = System.getenv().getOrDefault("HELIOGRAPH_URL", "http://localhost:8080");
    private static final String CLIENT = Base64.getEncoder()
            .encodeToString((System.getenv("HELIOGRAPH_CLIENT_ID") + ":" + System.getenv("HELIOGRAPH_CLIENT_SECRET"))
                    .getBytes(StandardCharsets.UTF_8));
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private static String post(String path, String type, String authorization, String body) throws Exception {
        var request = HttpRequest.newBuilder(URI.create(URL + path))
                .timeout(Duration.ofSeconds(30))
                .header("Content-Type", type)
                .header("Authorization", authorization)
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        var response = HTTP.send(request, BodyHandlers.ofString());
        if (response.statusCode() >= 300) {
            throw new IOException(path + ": " + response.statusCode() + " " + response.body());
        }
        return response.body();
    }

    private static String token(String form) throws Exception {
        return post("/api/auth/token", "application/x-www-form-urlencoded", "Basic " + CLIENT, form);
    }

    private static String send(String path, String json, String token) throws Exception {
        return post(path, "application/json", "Bearer " + values(token, "access_token").get(0), json);
    }

    /** A token by which a user of the product uses Heliograph; the first one makes the account. */
    private static String userToken(String id, String name) throws Exception {
        return token("grant_type=urn:ietf:params:oauth:grant-type:token-exchange"
                + "&subject_token_type=urn:heliograph:token-type:user-id&subject_token=" + encoded(id)
                + "&display_name=" + encoded(name));
    }

    /** A private room of two or more users, in which the backend speaks too. */
    private static String room(String wanted) throws Exception {
        String title = values(wanted, "title").get(0);
        List<String> names = values(wanted, "name");
        List<String> ids = values(wanted, "id");
        String own = token("grant_type=client_credentials"); // Good for expires_in seconds: keep it for that long.
        List<String> people = new ArrayList<>();
        for (int i = 0; i < ids.size(); i++) {
            people.add(values(userToken(ids.get(i), names.get(i)), "user_id").get(0));
        }
        List<String> members = new ArrayList<>(people.subList(1, people.size()));
        members.add(values(own, "user_id").get(0));
        String made = send(
                "/api/rooms",
                "{\"name\": \"%s\", \"visibility\": \"private\", \"owner\": \"%s\", \"members\": [\"%s\"]}"
                        .formatted(title, people.get(0), String.join("\", \"", members)),
                own);
        String welcome = "{\"clientId\": \"welcome\", \"content\": \"Welcome to %s\"}".formatted(title);
        send("/api/rooms/" + values(made, "id").get(0) + "/messages", welcome, own);
        return made;
    }

    public static void main(String[] args) throws IOException {
        int port = Integer.parseInt(System.getenv().getOrDefault("PORT", "0"));
        HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", port), 0);
        server.setExecutor(Executors.newFixedThreadPool(4));
        // In a product the user is that of its own session, and only the product itself requests rooms.
        serve(server, "/token", body -> userToken(values(body, "id").get(0), values(body, "name").get(0)));
        serve(server, "/rooms", Backend::room);
        server.start();
        System.out.println("http://127.0.0.1:" + server.getAddress().getPort());
    }

    private interface Call {
        String answer(String body) throws Exception;
    }

    private static void serve(HttpServer server, String path, Call call) {
        server.createContext(path, exchange -> {
            int status = 200;
            String answer;
            try {
                answer = call.answer(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            } catch (Exception e) {
                status = 502;
                answer = "{\"error\": \"" + e.getMessage().replace("\"", "'") + "\"}";
            }
            byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
    }

    private static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }

    /** The values of all text fields of this name, in their order. */
    private static List<String> values(String json, String field) {
        Matcher found = Pattern.compile("\"" + field + "\"\\s*:\\s*\"([^\"]*)\"").matcher(json);
        return found.results().map(match -> match.group(1)).toList();
    }
}
