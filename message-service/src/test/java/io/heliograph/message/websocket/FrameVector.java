package io.heliograph.message.websocket;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.heliograph.testsupport.Json;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A line of {@code autobahn.csv}, where its language is described. Bytes are shown as characters of ISO 8859-1. */
record FrameVector(byte[] sent, List<String> answers) {

    private static final byte[] MASK = {0x37, (byte) 0xFA, 0x21, 0x3D};
    private static final Pattern PART = Pattern.compile("\\\\x(\\p{XDigit}{2})|(x|ping)#(\\d+)|.");
    private static final String CLOSE = "close";
    private static final String CLOSE_FRAME = "88 \\x03\\xe8";

    static FrameVector of(String frames, String answers) {
        List<String> expected = new ArrayList<>(Arrays.asList(answers.split(" ; ")));
        ByteArrayOutputStream sent = new ByteArrayOutputStream();
        Arrays.stream(frames.split(" ; ")).map(FrameVector::frame).forEach(sent::writeBytes);
        if (!expected.get(expected.size() - 1).startsWith(CLOSE)) {
            sent.writeBytes(frame(CLOSE_FRAME));
            expected.add("close 1000");
        }
        return new FrameVector(
                sent.toByteArray(),
                expected.stream()
                        .map(answer -> new String(payload(answer), ISO_8859_1))
                        .toList());
    }

    /** The frames of the server, in the notation of the table. */
    static String show(RawSocket.Frame frame) {
        return switch (frame.opcode()) {
            case RawSocket.TEXT -> {
                var answer = Json.parse(new String(frame.payload(), UTF_8));
                String type = answer.get("type").asText();
                String value = answer.get(type.equals("error") ? "code" : "id").asText();
                yield type + " " + new String(value.getBytes(UTF_8), ISO_8859_1);
            }
            case RawSocket.PONG -> ("control " + new String(frame.payload(), ISO_8859_1)).strip();
            case RawSocket.CLOSE ->
                CLOSE + " " + ByteBuffer.wrap(frame.payload()).getShort();
            default -> "opcode " + frame.opcode();
        };
    }

    private static byte[] frame(String written) {
        String[] parts = written.strip().split(" ", 2);
        if (parts[0].equals("raw")) {
            return HexFormat.of().parseHex(parts[1]);
        }
        boolean masked = !parts[0].startsWith("u");
        byte[] payload = parts.length == 1 ? new byte[0] : payload(parts[1]);
        ByteBuffer frame = ByteBuffer.allocate(payload.length + 14);
        frame.put((byte) Integer.parseInt(masked ? parts[0] : parts[0].substring(1), 16));
        int mask = masked ? 0x80 : 0;
        if (payload.length < 126) {
            frame.put((byte) (mask | payload.length));
        } else if (payload.length < 65_536) {
            frame.put((byte) (mask | 126)).putShort((short) payload.length);
        } else {
            frame.put((byte) (mask | 127)).putLong(payload.length);
        }
        if (masked) {
            frame.put(MASK);
            for (int i = 0; i < payload.length; i++) {
                payload[i] ^= MASK[i % MASK.length];
            }
        }
        frame.put(payload);
        return Arrays.copyOf(frame.array(), frame.position());
    }

    private static byte[] payload(String written) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Matcher part = PART.matcher(written);
        while (part.find()) {
            if (part.group(1) != null) {
                bytes.write(Integer.parseInt(part.group(1), 16));
            } else if (part.group(2) != null) {
                bytes.writeBytes(repeated(part.group(2), Integer.parseInt(part.group(3))));
            } else {
                bytes.writeBytes(part.group().getBytes(UTF_8));
            }
        }
        return bytes.toByteArray();
    }

    private static byte[] repeated(String what, int length) {
        if (what.equals("x")) {
            return "x".repeat(length).getBytes(UTF_8);
        }
        String open = "{\"type\":\"ping\",\"id\":\"n\",\"padding\":\"";
        return (open + "x".repeat(length - open.length() - 2) + "\"}").getBytes(UTF_8);
    }
}
