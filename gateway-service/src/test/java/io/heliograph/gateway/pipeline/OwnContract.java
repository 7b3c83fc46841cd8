package io.heliograph.gateway.pipeline;

import io.heliograph.gateway.pipeline.RawClient.Answer;
import io.heliograph.testsupport.openapi.ApiContract;
import io.heliograph.testsupport.openapi.ApiDocument;
import io.heliograph.testsupport.openapi.Exchange;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Holds exchanges with the gateway's own operations to its own part of the description of the API. */
final class OwnContract {

    /** The page and the documents are not described. */
    private static final List<String> PATHS =
            List.of("/api/batch", "/api/ops/routes", "/api/ops/tasks", "/api/ops/cache");

    private static final ApiContract CONTRACT = new ApiContract(ApiDocument.of(document()));

    private OwnContract() {}

    static void check(String request, Answer answer) {
        String[] line = request.split("\r\n", 2)[0].split(" ", -1);
        String[] target = line[1].split("\\?", 2);
        if (PATHS.contains(target[0])) {
            CONTRACT.check(new Exchange(
                    line[0],
                    target[0],
                    target.length < 2 ? Map.of() : query(target[1]),
                    request.substring(request.indexOf("\r\n\r\n") + 4),
                    answer.status(),
                    headers(answer),
                    answer.body()));
        }
    }

    private static Map<String, String> query(String raw) {
        Map<String, String> query = new HashMap<>();
        for (String parameter : raw.split("&", -1)) {
            String[] parts = parameter.split("=", 2);
            query.putIfAbsent(parts[0], parts.length < 2 ? "" : URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
        }
        return query;
    }

    private static Map<String, List<String>> headers(Answer answer) {
        Map<String, List<String>> headers = new HashMap<>();
        for (String header : answer.headers()) {
            String[] parts = header.split(":", 2);
            headers.computeIfAbsent(parts[0].toLowerCase(Locale.ROOT), name -> new ArrayList<>())
                    .add(parts[1].trim());
        }
        return headers;
    }

    private static String document() {
        try (InputStream in = OwnContract.class.getResourceAsStream("/docs/openapi.json")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
