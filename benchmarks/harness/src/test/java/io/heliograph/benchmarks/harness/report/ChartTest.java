package io.heliograph.benchmarks.harness.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.StringReader;
import java.util.Arrays;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

class ChartTest {

    @Test
    void shouldDrawBarsInProportionToTheirMedians() throws Exception {
        Document svg = parsed(new BarChart("two & more")
                .panel("requests/s")
                .ours("gateway", new Spread(90, 100, 110))
                .other("<nginx>", new Spread(200, 200, 200)));

        assertEquals(2 * width(svg, "ours"), width(svg, "other"), 0.2);
        assertTrue(svg.getDocumentElement().getTextContent().contains("<nginx>"));
    }

    @Test
    void shouldDrawAPointForEachLevelOfEachLine() throws Exception {
        Document svg = parsed(new LineChart("levels", "connections")
                .panel("requests/s")
                .line("ours", points(1, 10, 100))
                .line("theirs", points(1, 10))
                .logarithmicPanel("p99, ms")
                .line("ours", points(1)));

        // One for each line in the legends as well.
        assertEquals(6 + 3, svg.getElementsByTagName("circle").getLength());
        assertEquals(3, svg.getElementsByTagName("polyline").getLength());
    }

    private static List<LineChart.Point> points(double... levels) {
        return Arrays.stream(levels)
                .mapToObj(level -> new LineChart.Point(level, new Spread(level, level * 2, level * 3)))
                .toList();
    }

    private static double width(Document svg, String style) {
        NodeList bars = svg.getElementsByTagName("rect");
        for (int i = 0; i < bars.getLength(); i++) {
            Element bar = (Element) bars.item(i);
            if (bar.getAttribute("class").equals(style)) {
                return Double.parseDouble(bar.getAttribute("width"));
            }
        }
        throw new AssertionError("no bar of " + style);
    }

    private static Document parsed(Chart chart) throws Exception {
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(chart.svg())));
    }
}
