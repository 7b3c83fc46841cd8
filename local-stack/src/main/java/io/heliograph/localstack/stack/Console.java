package io.heliograph.localstack.stack;

import java.io.PrintStream;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Where a stack says what it does: whole lines, each with the name of the one who speaks. Thread-safe. */
public final class Console {

    private static final String OWN_NAME = "heliograph";
    private static final int NAME_WIDTH = OWN_NAME.length();
    private static final int[] COLOURS = {36, 33, 35, 32, 34};

    private final PrintStream out;
    private final boolean coloured;
    private final Map<String, Integer> colours = new ConcurrentHashMap<>();

    public Console(PrintStream out, boolean coloured) {
        this.out = out;
        this.coloured = coloured;
    }

    public void say(String text) {
        line(OWN_NAME, text);
    }

    public void line(String name, String text) {
        String prefix = String.format("%-" + NAME_WIDTH + "s |", name);
        out.println((coloured ? "\u001b[" + colour(name) + "m" + prefix + "\u001b[0m" : prefix) + " " + text);
    }

    /** Text that stands for itself, without a name. */
    public void plain(String text) {
        out.println(text);
    }

    /** The next one for each new name, so that neighbours differ. */
    private int colour(String name) {
        return colours.computeIfAbsent(name, unseen -> COLOURS[colours.size() % COLOURS.length]);
    }
}
