package io.heliograph.message.imports;

import io.vertx.core.json.JsonObject;

/** An uploaded file; {@code digest} is the SHA-256 of its bytes in hexadecimal. */
record ReceivedFile(int number, String name, long bytes, String digest) {

    JsonObject json() {
        return JsonObject.of("name", name, "bytes", bytes, "digest", digest);
    }

    static ReceivedFile of(int number, JsonObject json) {
        return new ReceivedFile(number, json.getString("name"), json.getLong("bytes"), json.getString("digest"));
    }
}
