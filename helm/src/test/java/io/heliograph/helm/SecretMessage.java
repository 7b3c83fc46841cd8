package io.heliograph.helm;

import com.google.gson.JsonObject;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.function.BiConsumer;

/** A Secret in the binary form of the Kubernetes API (protobuf), as Helm sends the ones that hold its releases. */
final class SecretMessage {

    private static final byte[] MAGIC = {'k', '8', 's', 0};

    private SecretMessage() {}

    static boolean is(byte[] body) {
        return body.length > MAGIC.length
                && ByteBuffer.wrap(body, 0, MAGIC.length).equals(ByteBuffer.wrap(MAGIC));
    }

    static JsonObject read(byte[] body) {
        JsonObject metadata = new JsonObject();
        JsonObject labels = new JsonObject();
        JsonObject data = new JsonObject();
        JsonObject secret = new JsonObject();
        secret.addProperty("apiVersion", "v1");
        secret.addProperty("kind", "Secret");
        secret.add("metadata", metadata);
        secret.add("data", data);
        ByteBuffer unknown = ByteBuffer.wrap(body, MAGIC.length, body.length - MAGIC.length);
        fields(unknown, (envelope, raw) -> {
            if (envelope == 2) {
                fields(raw, (field, value) -> {
                    switch (field) {
                        case 1 ->
                            fields(value, (part, content) -> {
                                if (part == 1) {
                                    metadata.addProperty("name", text(content));
                                } else if (part == 11) {
                                    entry(content, (key, label) -> labels.addProperty(key, text(label)));
                                }
                            });
                        case 2 -> entry(value, (key, bytes) -> data.addProperty(key, base64(bytes)));
                        case 3 -> secret.addProperty("type", text(value));
                        default -> {}
                    }
                });
            }
        });
        metadata.add("labels", labels);
        return secret;
    }

    private static void entry(ByteBuffer entry, BiConsumer<String, ByteBuffer> to) {
        String[] key = {""};
        fields(entry, (field, value) -> {
            if (field == 1) {
                key[0] = text(value);
            } else {
                to.accept(key[0], value);
            }
        });
    }

    /** Of the two kinds of fields that there are here, numbers are passed over. */
    private static void fields(ByteBuffer message, BiConsumer<Integer, ByteBuffer> to) {
        while (message.hasRemaining()) {
            int tag = number(message);
            if ((tag & 7) == 0) {
                number(message);
            } else {
                int length = number(message);
                to.accept(tag >> 3, message.slice(message.position(), length));
                message.position(message.position() + length);
            }
        }
    }

    private static int number(ByteBuffer message) {
        long value = 0;
        for (int shift = 0; ; shift += 7) {
            byte next = message.get();
            value |= (next & 0x7FL) << shift;
            if (next >= 0) {
                return (int) value;
            }
        }
    }

    private static String text(ByteBuffer bytes) {
        return StandardCharsets.UTF_8.decode(bytes).toString();
    }

    private static String base64(ByteBuffer bytes) {
        byte[] array = new byte[bytes.remaining()];
        bytes.get(array);
        return Base64.getEncoder().encodeToString(array);
    }
}
