package io.heliograph.message.webhook;

import io.heliograph.message.testsupport.Person;
import io.restassured.response.Response;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** An integrator with webhooks. */
record Integrator(Person person) {

    private static final List<String> ALL = List.of("message.created", "message.updated", "message.deleted");

    /** A webhook for all events of all rooms, but for these fields. */
    Response registers(String url, Map<String, Object> fields) {
        Map<String, Object> webhook = new HashMap<>(Map.of("url", url, "events", ALL));
        webhook.putAll(fields);
        return person.asks().contentType("application/json").body(webhook).post("/api/webhooks");
    }

    /** The id of such a webhook. */
    String registered(String url, Map<String, Object> fields) {
        return registers(url, fields).then().statusCode(201).extract().path("id");
    }

    Response changes(String webhook, Map<String, Object> fields) {
        return person.asks().contentType("application/json").body(fields).patch("/api/webhooks/" + webhook);
    }

    Response asks(String webhook) {
        return person.asks().get("/api/webhooks/" + webhook);
    }

    Response posts(String webhook, String call, Map<String, Object> body) {
        return person.asks().contentType("application/json").body(body).post("/api/webhooks/" + webhook + "/" + call);
    }
}
