package io.heliograph.gateway.compression;

import java.util.List;

/** Evaluates {@code Accept-Encoding} (RFC 9110, 12.5.3). */
final class AcceptEncoding {

    private static final double ABSENT = -1;

    private AcceptEncoding() {}

    /** Whether gzip is accepted and no less preferred than the unencoded form. */
    static boolean acceptsGzip(List<String> lines) {
        double gzip = ABSENT;
        double any = ABSENT;
        double identity = ABSENT;
        for (String line : lines) {
            for (String item : line.split(",", -1)) {
                int end = item.indexOf(';');
                String coding = (end < 0 ? item : item.substring(0, end)).trim();
                double weight = end < 0 ? 1 : weight(item.substring(end + 1));
                if (coding.equalsIgnoreCase("gzip") || coding.equalsIgnoreCase("x-gzip")) {
                    gzip = Math.max(gzip, weight);
                } else if (coding.equals("*")) {
                    any = weight;
                } else if (coding.equalsIgnoreCase("identity")) {
                    identity = weight;
                }
            }
        }
        double accepted = gzip == ABSENT ? any : gzip;
        return accepted > 0 && accepted >= identity;
    }

    /** The weight of a parameter such as {@code q=0.5}; 0 if it is invalid, so that nothing unwanted is sent. */
    private static double weight(String parameter) {
        String text = parameter.trim();
        if (!text.regionMatches(true, 0, "q=", 0, 2)) {
            return 1;
        }
        try {
            double weight = Double.parseDouble(text.substring(2).trim());
            return weight >= 0 && weight <= 1 ? weight : 0;
        } catch (NumberFormatException e) {
            return 0;
        }
    }
}
