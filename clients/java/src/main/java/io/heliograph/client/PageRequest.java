package io.heliograph.client;

/**
 * The requested part of a list.
 *
 * @param limit the number of items, 1 to 200
 * @param after the {@link Page#next()} of the previous page; null for the first page
 */
public record PageRequest(int limit, String after) {

    /** The default of the server. */
    static final PageRequest DEFAULT = new PageRequest(50, null);

    public static PageRequest first(int limit) {
        return new PageRequest(limit, null);
    }
}
