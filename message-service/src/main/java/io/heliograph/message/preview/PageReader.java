package io.heliograph.message.preview;

import io.heliograph.message.egress.Destination;
import io.heliograph.rest.problem.ProblemException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;

/**
 * Reads the description of a page: Open Graph first, then the usual alternatives. It takes tens of milliseconds for a
 * page at its bound, and up to 50 MB for a page of tags alone.
 */
final class PageReader {

    private static final int MAX_TITLE = 300;
    private static final int MAX_DESCRIPTION = 1_000;
    private static final int MAX_ADDRESS = 2_048;
    private static final int MAX_SITE_NAME = 100;
    private static final int CHUNK = 8_192;

    private static final Pattern CHARSET =
            Pattern.compile(";\\s*charset\\s*=\\s*\"?([A-Za-z0-9._:+-]+)", Pattern.CASE_INSENSITIVE);

    private PageReader() {}

    static boolean isHtml(String contentType) {
        String type = mediaType(contentType);
        return type.equals("text/html") || type.equals("application/xhtml+xml");
    }

    static boolean isImage(String contentType) {
        return mediaType(contentType).startsWith("image/");
    }

    /** @param maxBody bytes that are read of a body once it is decompressed */
    static Preview read(FetchedPage page, int maxBody) {
        String url = page.target().url();
        if (isImage(page.type())) {
            return new Preview(url, null, null, url.length() <= MAX_ADDRESS ? url : null, null);
        }
        Document document = parse(page, maxBody);
        return new Preview(
                url,
                first(
                        MAX_TITLE,
                        meta(document, "og:title"),
                        meta(document, "twitter:title"),
                        text(document.selectFirst("title"))),
                first(
                        MAX_DESCRIPTION,
                        meta(document, "og:description"),
                        meta(document, "twitter:description"),
                        meta(document, "description")),
                image(page.target(), document),
                first(MAX_SITE_NAME, meta(document, "og:site_name"), meta(document, "application-name")));
    }

    private static Document parse(FetchedPage page, int maxBody) {
        byte[] body = decompressed(page, maxBody);
        try {
            // A byte order mark takes precedence over the header, and the header over the page itself.
            return Jsoup.parse(
                    new ByteArrayInputStream(body),
                    charset(page.type()),
                    page.target().url());
        } catch (IOException e) {
            throw PreviewProblems.unavailable("The page cannot be read.");
        }
    }

    private static byte[] decompressed(FetchedPage page, int maxBody) {
        byte[] body = page.body().getBytes();
        String encoding =
                page.encoding() == null ? "identity" : page.encoding().strip().toLowerCase(Locale.ROOT);
        if (encoding.equals("identity")) {
            return body;
        }
        if (!encoding.equals("gzip") && !encoding.equals("x-gzip")) {
            throw PreviewProblems.unavailable("The page is encoded in a way that was not asked for.");
        }
        try (InputStream gzip = new GZIPInputStream(new ByteArrayInputStream(body))) {
            return beginning(gzip, maxBody);
        } catch (IOException e) {
            throw PreviewProblems.unavailable("The page cannot be decompressed.");
        }
    }

    /** The beginning of a stream, which may be truncated. */
    private static byte[] beginning(InputStream stream, int max) throws IOException {
        ByteArrayOutputStream read = new ByteArrayOutputStream();
        byte[] chunk = new byte[CHUNK];
        try {
            int length = 0;
            while (length >= 0 && read.size() < max) {
                length = stream.read(chunk, 0, Math.min(chunk.length, max - read.size()));
                read.write(chunk, 0, Math.max(0, length));
            }
        } catch (EOFException cutOff) {
            // The data until then is enough, or there is none.
        }
        return read.toByteArray();
    }

    /** The charset of the header; null if it has none that is known. */
    private static String charset(String contentType) {
        Matcher named = CHARSET.matcher(contentType);
        try {
            return named.find() ? Charset.forName(named.group(1)).name() : null;
        } catch (IllegalCharsetNameException | UnsupportedCharsetException unknown) {
            return null;
        }
    }

    private static String meta(Document document, String name) {
        Element meta = document.selectFirst("meta[property=" + name + "][content],meta[name=" + name + "][content]");
        return meta == null ? null : meta.attr("content");
    }

    private static String text(Element element) {
        return element == null ? null : element.text();
    }

    private static String image(Destination target, Document document) {
        String image = first(
                Integer.MAX_VALUE,
                meta(document, "og:image:secure_url"),
                meta(document, "og:image"),
                meta(document, "twitter:image"));
        if (image == null) {
            return null;
        }
        try {
            String url = target.redirect(image).url();
            return url.length() <= MAX_ADDRESS ? url : null;
        } catch (ProblemException noAddressOfTheWeb) {
            return null;
        }
    }

    /** The first text that is not blank, in one line, cut to {@code max} characters. */
    private static String first(int max, String... texts) {
        for (String text : texts) {
            String line =
                    text == null ? "" : text.replaceAll("[\\s\\p{Cntrl}]+", " ").strip();
            if (!line.isEmpty()) {
                return bounded(line, max);
            }
        }
        return null;
    }

    private static String bounded(String text, int max) {
        return text.codePointCount(0, text.length()) <= max
                ? text
                : text.substring(0, text.offsetByCodePoints(0, max - 1)) + '…';
    }

    private static String mediaType(String contentType) {
        String type = contentType == null ? "" : contentType;
        int end = type.indexOf(';');
        return (end < 0 ? type : type.substring(0, end)).strip().toLowerCase(Locale.ROOT);
    }
}
