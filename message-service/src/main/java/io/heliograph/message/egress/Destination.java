package io.heliograph.message.egress;

import io.heliograph.message.egress.EgressException.Reason;
import java.net.IDN;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An address that may be fetched, by the rules that need no resolution of its host: http or https, no credentials, a
 * port of the web or an unprivileged one.
 *
 * @param host a name in ASCII and lower case without a dot at the end, or an address; of IPv6 without brackets
 * @param path the path and the query, as they are sent
 */
public record Destination(boolean secure, String host, int port, String path) {

    private static final int HTTP = 80;
    private static final int HTTPS = 443;
    private static final int FIRST_UNPRIVILEGED = 1024;
    private static final int LAST = 65_535;
    private static final int LONGEST_HOST = 253;
    private static final String ANY_HOST = "http://host";

    private static final Pattern AUTHORITY = Pattern.compile("(\\[[0-9A-Fa-f:.]+]|[^:\\[\\]]+)(?::(\\d{0,5}))?");
    private static final Pattern NAME = Pattern.compile("[a-z0-9_-]{1,63}(\\.[a-z0-9_-]{1,63})*");
    private static final String BYTE = "(0|[1-9]\\d?|1\\d\\d|2[0-4]\\d|25[0-5])";
    private static final Pattern IPV4 = Pattern.compile(BYTE + "(\\." + BYTE + "){3}");
    /** By the URL standard a host whose last label is a number is an IPv4 address, in any notation. */
    private static final Pattern NUMBER = Pattern.compile("(.*\\.)?(\\d+|0x[0-9a-f]*)");
    /** Characters that browsers encode and URIs do not allow. */
    private static final Pattern UNSAFE = Pattern.compile("[\\x00-\\x20\"<>\\\\^`{|}\\x7f]|%(?![0-9A-Fa-f]{2})");

    /** Throws an {@link EgressException} if this is not an address of the web, or not an allowed one. */
    public static Destination of(String url) {
        try {
            return of(new URI(encoded(url.strip())));
        } catch (URISyntaxException | IllegalArgumentException notAnAddress) {
            throw new EgressException(Reason.NOT_AN_ADDRESS, "must be an absolute address of http or https");
        }
    }

    /** The destination of a redirect. Throws an {@link EgressException}. */
    public Destination redirect(String location) {
        try {
            return of(URI.create(url()).resolve(new URI(encoded(location))));
        } catch (URISyntaxException | IllegalArgumentException e) {
            throw new EgressException(Reason.UNREACHABLE, "The page redirects to something that is no address.");
        }
    }

    /** The address for display. */
    public String url() {
        return (secure ? "https://" : "http://") + authority() + path;
    }

    /** The value of the header {@code Host}. */
    public String authority() {
        String name = host.indexOf(':') < 0 ? host : '[' + host + ']';
        return port == (secure ? HTTPS : HTTP) ? name : name + ':' + port;
    }

    private static Destination of(URI uri) {
        if (uri.getScheme() == null) {
            throw notAnAddress();
        }
        String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
        boolean secure = scheme.equals("https");
        if (!secure && !scheme.equals("http")) {
            throw new EgressException(Reason.REFUSED, "Only addresses of http and https may be asked.");
        }
        String authority = uri.getRawAuthority();
        if (authority == null) {
            throw notAnAddress();
        }
        if (authority.indexOf('@') >= 0) {
            throw new EgressException(Reason.REFUSED, "An address must not have credentials.");
        }
        Matcher parts = AUTHORITY.matcher(authority);
        if (!parts.matches()) {
            throw notAnAddress();
        }
        return new Destination(secure, host(parts.group(1)), port(parts.group(2), secure), path(uri));
    }

    private static String path(URI uri) {
        String path = uri.getRawPath();
        String query = uri.getRawQuery();
        String both = (path.isEmpty() ? "/" : path) + (query == null ? "" : '?' + query);
        return URI.create(ANY_HOST + both).toASCIIString().substring(ANY_HOST.length());
    }

    private static String host(String text) {
        if (text.startsWith("[")) {
            return text.substring(1, text.length() - 1).toLowerCase(Locale.ROOT);
        }
        String host = IDN.toASCII(text, IDN.ALLOW_UNASSIGNED).toLowerCase(Locale.ROOT);
        if (host.endsWith(".")) {
            host = host.substring(0, host.length() - 1);
        }
        if (host.length() > LONGEST_HOST || !NAME.matcher(host).matches()) {
            throw notAnAddress();
        }
        if (NUMBER.matcher(host).matches() && !IPV4.matcher(host).matches()) {
            throw new EgressException(
                    Reason.REFUSED, "The host is a number, but no address as they are usually written.");
        }
        return host;
    }

    private static int port(String text, boolean secure) {
        if (text == null || text.isEmpty()) {
            return secure ? HTTPS : HTTP;
        }
        int port = Integer.parseInt(text);
        boolean isOfTheWeb = port == HTTP || port == HTTPS || (port >= FIRST_UNPRIVILEGED && port <= LAST);
        if (!isOfTheWeb) {
            throw new EgressException(Reason.REFUSED, "The port must be 80, 443 or at least 1024.");
        }
        return port;
    }

    private static String encoded(String url) {
        return UNSAFE.matcher(url)
                .replaceAll(match -> "%%%02X".formatted((int) match.group().charAt(0)));
    }

    private static IllegalArgumentException notAnAddress() {
        return new IllegalArgumentException("no address of http or https");
    }
}
