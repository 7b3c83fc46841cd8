package io.heliograph.benchmarks.harness.report;

import java.util.ArrayList;
import java.util.List;

/** Horizontal bars, one per contestant, with the median and the range of its rounds. Each panel has one unit. */
public final class BarChart implements Chart {

    private static final int NAMES = 270;
    private static final int BARS = 400;
    private static final int ROW = 26;
    private static final int PANEL_HEAD = 34;
    private static final int TOP = 40;

    private final String title;
    private final List<Panel> panels = new ArrayList<>();

    private record Bar(String name, Spread spread, String style) {}

    private record Panel(String title, List<Bar> bars) {
        Scale scale() {
            return Scale.linear(bars.stream().mapToDouble(bar -> bar.spread().highest()));
        }
    }

    public BarChart(String title) {
        this.title = title;
    }

    /** Starts a panel with this unit and its own scale. */
    public BarChart panel(String unit) {
        panels.add(new Panel(unit, new ArrayList<>()));
        return this;
    }

    public BarChart ours(String name, Spread spread) {
        return bar(name, true, spread);
    }

    public BarChart other(String name, Spread spread) {
        return bar(name, false, spread);
    }

    public BarChart bar(String name, boolean ours, Spread spread) {
        panels.get(panels.size() - 1).bars().add(new Bar(name, spread, ours ? "ours" : "other"));
        return this;
    }

    @Override
    public String svg() {
        Svg svg = new Svg().text(16, 26, "start", "title", title);
        double y = TOP;
        for (Panel panel : panels) {
            y = draw(svg, panel, y);
        }
        return svg.document(title, y + ROW / 2.0);
    }

    /** Returns the bottom of the panel. */
    private static double draw(Svg svg, Panel panel, double top) {
        svg.text(NAMES, top + 22, "start", "panel", panel.title());
        double y = top + PANEL_HEAD;
        svg.line(NAMES, y - 4, NAMES, y + ROW * panel.bars().size(), "grid");
        for (Bar bar : panel.bars()) {
            draw(svg, bar, panel.scale(), y);
            y += ROW;
        }
        return y;
    }

    private static void draw(Svg svg, Bar bar, Scale scale, double top) {
        Spread spread = bar.spread();
        double middle = top + ROW / 2.0 - 2;
        double lowest = NAMES + BARS * scale.at(spread.lowest());
        double highest = NAMES + BARS * scale.at(spread.highest());
        svg.text(NAMES - 10, middle + 5, "end", "", bar.name());
        svg.bar(NAMES, middle - 8, BARS * scale.at(spread.median()), 16, bar.style());
        if (highest - lowest > 1) {
            svg.line(lowest, middle, highest, middle, "spread");
            svg.line(lowest, middle - 4, lowest, middle + 4, "spread");
            svg.line(highest, middle - 4, highest, middle + 4, "spread");
        }
        svg.text(highest + 8, middle + 5, "start", "", Svg.number(spread.median()));
    }
}
