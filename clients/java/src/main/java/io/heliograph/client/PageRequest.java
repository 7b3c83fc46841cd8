package io.heliograph.client;

/**
 * Which part of a list.
 *
 * @param limit how many items, 1 to 200
 * @param after the {@link Page#next()} of the page before; null for the first page
 */
public record PageRequest(int limit, String after) {

    /** How many items the server gives where nobody says. */
    static final PageRequest DEFAULT = new PageRequest(50, null);

    public static PageRequest first(int limit) {
        return new PageRequest(limit, null);
    }
}
