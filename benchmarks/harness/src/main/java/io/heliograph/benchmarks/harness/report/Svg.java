package io.heliograph.benchmarks.harness.report;

import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Builds an SVG drawing of a fixed width. */
final class Svg {

    static final int WIDTH = 800;

    /** The number of line colours before they repeat. */
    static final int COLOURS = 7;

    /**
     * Has its own background, since a page may be dark on a light system. The colours of bars and lines contrast with
     * both backgrounds and, for most kinds of colour blindness, with each other.
     */
    private static final String HEAD = """
            <svg xmlns="http://www.w3.org/2000/svg" role="img" width="%1$d" height="%2$d" viewBox="0 0 %1$d %2$d">
            <title>%3$s</title>
            <style>
            text { font: 13px system-ui, sans-serif; fill: #1f2328 }
            .title { font-size: 16px; font-weight: 600 } .panel { font-weight: 600 } .small { font-size: 11px }
            .page { fill: #ffffff } .grid { stroke: #d1d9e0 } .spread { stroke: #1f2328; stroke-width: 1.5 }
            .ours { fill: #2f81f7 } .other { fill: #909aa5 }
            .line { fill: none; stroke-width: 2 }
            .c0 { color: #2f81f7 } .c1 { color: #e16f24 } .c2 { color: #2da44e } .c3 { color: #bf4b8a }
            .c4 { color: #8250df } .c5 { color: #b08800 } .c6 { color: #1b9aaa }
            .c { stroke: currentColor; fill: currentColor }
            @media (prefers-color-scheme: dark) {
            text { fill: #e6edf3 } .page { fill: #0d1117 } .grid { stroke: #30363d } .spread { stroke: #e6edf3 }
            }
            </style>
            <rect class="page" width="100%%" height="100%%"/>
            """;

    private final StringBuilder elements = new StringBuilder();

    /** @param anchor the end of the text that is at {@code x}: start, middle or end */
    Svg text(double x, double y, String anchor, String style, String text) {
        return add(
                "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\" class=\"%s\">%s</text>",
                x, y, anchor, style, escaped(text));
    }

    Svg line(double x1, double y1, double x2, double y2, String style) {
        return add("<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" class=\"%s\"/>", x1, y1, x2, y2, style);
    }

    Svg bar(double x, double y, double width, double height, String style) {
        return add(
                "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" rx=\"2\" class=\"%s\"/>",
                x, y, width, height, style);
    }

    Svg dot(double x, double y, String style) {
        return add("<circle cx=\"%.1f\" cy=\"%.1f\" r=\"3.5\" class=\"%s\"/>", x, y, style);
    }

    /** @param points each as x and y */
    Svg path(Stream<double[]> points, String style) {
        String path = points.map(point -> String.format(Locale.ROOT, "%.1f,%.1f", point[0], point[1]))
                .collect(Collectors.joining(" "));
        return add("<polyline points=\"%s\" class=\"%s\" stroke=\"currentColor\"/>", path, style);
    }

    String document(String title, double height) {
        return String.format(Locale.ROOT, HEAD, WIDTH, Math.round(height), escaped(title)) + elements + "</svg>\n";
    }

    /** Rounded to three digits, which is more than the precision of the rounds. */
    static String number(double value) {
        String format = value >= 99.95 || value == Math.rint(value) ? "%,.0f" : value >= 9.995 ? "%.1f" : "%.2f";
        return String.format(Locale.ROOT, format, value);
    }

    private Svg add(String format, Object... values) {
        elements.append(String.format(Locale.ROOT, format, values)).append('\n');
        return this;
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
