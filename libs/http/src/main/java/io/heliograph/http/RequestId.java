package io.heliograph.http;

import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/** The id of one request in responses, in logs and at the services. */
public final class RequestId {

    public static final String HEADER = "X-Request-Id";

    /** Wide enough for UUIDs and trace ids. */
    private static final int MAX_LENGTH = 128;

    private RequestId() {}

    /** The id that the client sent, if it is safe in a log line and a header, else a new one. */
    public static String of(String sent) {
        return sent != null && isSafe(sent) ? sent : random();
    }

    private static boolean isSafe(String id) {
        if (id.isEmpty() || id.length() > MAX_LENGTH) {
            return false;
        }
        for (int i = 0; i < id.length(); i++) {
            if (!isAllowed(id.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isAllowed(char c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || c == '.'
                || c == '_'
                || c == '-';
    }

    /** A UUID of version 4 in form. It need not be secret, so it does not need a secure random generator. */
    private static String random() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        long high = (random.nextLong() & ~0xf000L) | 0x4000L;
        long low = (random.nextLong() >>> 2) | Long.MIN_VALUE;
        return new UUID(high, low).toString();
    }
}
