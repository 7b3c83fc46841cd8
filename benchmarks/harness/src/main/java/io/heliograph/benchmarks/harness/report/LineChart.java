package io.heliograph.benchmarks.harness.report;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/** One line per contestant over levels on a logarithmic axis. Each point shows its range. Each panel has one unit. */
public final class LineChart implements Chart {

    private static final int LEFT = 80;
    private static final int RIGHT = 560;
    private static final int PLOT = 220;
    private static final int PANEL_HEAD = 40;
    private static final int PANEL_FOOT = 44;
    private static final int TOP = 30;

    private final String title;
    private final String levels;
    private final List<Panel> panels = new ArrayList<>();

    /** The figure at one level. */
    public record Point(double level, Spread figure) {}

    private record Line(String name, List<Point> points) {}

    private record Panel(String title, boolean logarithmic, List<Line> lines) {
        Scale levels() {
            double[] all = points().mapToDouble(Point::level).sorted().toArray();
            return new Scale(all[0], Math.max(all[all.length - 1], all[0] * 10), true);
        }

        Scale figures() {
            DoubleStream all = points().flatMapToDouble(point ->
                    DoubleStream.of(point.figure().lowest(), point.figure().highest()));
            return logarithmic ? Scale.logarithmic(all) : Scale.linear(all);
        }

        private Stream<Point> points() {
            return lines.stream().flatMap(line -> line.points().stream());
        }
    }

    /** The position and the scales of a panel. */
    private record Plot(Svg svg, double bottom, Scale levels, Scale figures) {
        double x(double level) {
            return LEFT + (RIGHT - LEFT) * levels.at(level);
        }

        double y(double figure) {
            return bottom - PLOT * figures.at(figure);
        }
    }

    /** @param levels the name of the horizontal axis */
    public LineChart(String title, String levels) {
        this.title = title;
        this.levels = levels;
    }

    /** Starts a panel with this unit and a linear axis from 0. */
    public LineChart panel(String unit) {
        panels.add(new Panel(unit, false, new ArrayList<>()));
        return this;
    }

    /** Starts a panel with this unit and a logarithmic axis. */
    public LineChart logarithmicPanel(String unit) {
        panels.add(new Panel(unit, true, new ArrayList<>()));
        return this;
    }

    /** @param points in order of their levels, which are positive */
    public LineChart line(String name, List<Point> points) {
        panels.get(panels.size() - 1).lines().add(new Line(name, points));
        return this;
    }

    @Override
    public String svg() {
        Svg svg = new Svg().text(16, 26, "start", "title", title);
        double top = TOP;
        for (Panel panel : panels) {
            draw(svg, panel, top);
            top += PANEL_HEAD + PLOT + PANEL_FOOT;
        }
        return svg.document(title, top);
    }

    private void draw(Svg svg, Panel panel, double top) {
        Plot plot = new Plot(svg, top + PANEL_HEAD + PLOT, panel.levels(), panel.figures());
        svg.text(LEFT, top + 26, "start", "panel", panel.title());
        axes(plot, panel);
        for (int i = 0; i < panel.lines().size(); i++) {
            Line line = panel.lines().get(i);
            String colour = "c" + i % Svg.COLOURS;
            draw(plot, line, colour);
            double y = top + PANEL_HEAD + 20 * i + 4;
            svg.dot(RIGHT + 24, y, "c " + colour).text(RIGHT + 34, y + 4, "start", "", line.name());
        }
    }

    private void axes(Plot plot, Panel panel) {
        for (double tick : plot.figures().ticks()) {
            plot.svg().line(LEFT, plot.y(tick), RIGHT, plot.y(tick), "grid");
            plot.svg().text(LEFT - 8, plot.y(tick) + 4, "end", "small", Svg.number(tick));
        }
        panel.points().map(Point::level).distinct().forEach(level -> plot.svg()
                .text(plot.x(level), plot.bottom() + 16, "middle", "small", Svg.number(level)));
        plot.svg().text((LEFT + RIGHT) / 2.0, plot.bottom() + 34, "middle", "small", levels);
    }

    private static void draw(Plot plot, Line line, String colour) {
        plot.svg()
                .path(
                        line.points().stream().map(point -> new double[] {
                            plot.x(point.level()), plot.y(point.figure().median())
                        }),
                        "line " + colour);
        for (Point point : line.points()) {
            double x = plot.x(point.level());
            Spread figure = point.figure();
            plot.svg().line(x, plot.y(figure.lowest()), x, plot.y(figure.highest()), "c " + colour);
            plot.svg().dot(x, plot.y(figure.median()), "c " + colour);
        }
    }
}
