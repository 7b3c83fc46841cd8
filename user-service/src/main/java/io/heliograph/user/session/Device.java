package io.heliograph.user.session;

import io.heliograph.user.request.ClientAddress;

/** The client of a session: its address, and its User-Agent, which may be null. */
public record Device(String address, String userAgent) {

    /** In characters: enough to identify a browser and its system. */
    private static final int LONGEST = 256;

    /** Of the current request. */
    public static Device present(String userAgent) {
        boolean tooLong = userAgent != null && userAgent.length() > LONGEST;
        return new Device(ClientAddress.current(), tooLong ? userAgent.substring(0, LONGEST) : userAgent);
    }
}
