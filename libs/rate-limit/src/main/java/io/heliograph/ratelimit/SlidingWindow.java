package io.heliograph.ratelimit;

import java.util.Arrays;

/**
 * The sum of admitted amounts in a window that slides in tenths. Each amount counts until its whole tenth has left the
 * window, so that never more than the limit is admitted in any window; it may therefore count for a tenth too long. Not
 * thread-safe.
 */
public final class SlidingWindow {

    private static final int SLICES = 10;

    /** Those of a window, the one that begins, and the one that is only partly over. */
    private final int[] counts = new int[SLICES + 2];

    private final Rate rate;
    private final long sliceMillis;
    private long newest = Long.MIN_VALUE;
    private int used;

    public SlidingWindow(Rate rate) {
        this.rate = rate;
        this.sliceMillis = Math.max(1, (rate.windowMillis() + SLICES - 1) / SLICES);
    }

    public Rate rate() {
        return rate;
    }

    public int used(long nowMillis) {
        slide(nowMillis);
        return used;
    }

    /** The time is never earlier than in an earlier call. */
    public void add(long nowMillis) {
        slide(nowMillis);
        counts[index(newest)]++;
        used++;
    }

    /** Until less is used; the whole window if nothing is. */
    public int waitMillis(long nowMillis) {
        slide(nowMillis);
        for (long slice = oldest(nowMillis); slice <= newest; slice++) {
            if (counts[index(slice)] > 0) {
                return (int) ((slice + 1) * sliceMillis + rate.windowMillis() - nowMillis);
            }
        }
        return (int) rate.windowMillis();
    }

    private void slide(long nowMillis) {
        long slice = Math.floorDiv(nowMillis, sliceMillis);
        if (newest == Long.MIN_VALUE || slice - newest >= counts.length) {
            Arrays.fill(counts, 0);
            used = 0;
        } else {
            for (long gone = newest + 1; gone <= slice; gone++) {
                drop(gone);
            }
            // The tenth that has just left the window is not overwritten yet.
            for (long gone = slice + 1 - counts.length; gone < oldest(nowMillis); gone++) {
                drop(gone);
            }
        }
        newest = slice;
    }

    private void drop(long slice) {
        used -= counts[index(slice)];
        counts[index(slice)] = 0;
    }

    private long oldest(long nowMillis) {
        return Math.floorDiv(nowMillis - rate.windowMillis(), sliceMillis);
    }

    private int index(long slice) {
        return Math.floorMod(slice, counts.length);
    }
}
