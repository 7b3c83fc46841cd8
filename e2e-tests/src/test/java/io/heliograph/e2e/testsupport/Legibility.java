package io.heliograph.e2e.testsupport;

import java.util.List;

/** What of a page falls short of WCAG 2.2 AA, as far as it can be computed in a browser. */
public final class Legibility {

    /**
     * Contrast of texts (1.4.3: 4.5 to 1, or 3 to 1 where they are large) and of the colours {@code --series-…} of charts
     * on {@code --card} (1.4.11: 3 to 1), and the size of what is pressed (2.5.8: 24 by 24).
     */
    private static final String SCRIPT = """
            const parse = (color) => color.match(/[\\d.]+/g).map(Number);
            const luminance = (color) => {
              const [r, g, b] = parse(color).map((part) => part / 255)
                .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
              return 0.2126 * r + 0.7152 * g + 0.0722 * b;
            };
            const contrast = (one, other) => {
              const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b);
              return (light + 0.05) / (dark + 0.05);
            };
            const background = (node) => {
              for (let at = node; at; at = at.parentElement ?? at.getRootNode().host) {
                const color = getComputedStyle(at).backgroundColor;
                if ((parse(color)[3] ?? 1) > 0) {
                  return color;
                }
              }
              return 'rgb(255, 255, 255)';
            };
            const shown = (node) => node.checkVisibility({ visibilityProperty: true }) && node.getBoundingClientRect().width > 1;
            const faults = [];
            const all = (root, selector) => [...root.querySelectorAll('*')].flatMap((node) =>
              [...(node.matches(selector) ? [node] : []), ...(node.shadowRoot ? all(node.shadowRoot, selector) : [])]);
            for (const node of all(document.body, '*')) {
              const text = [...node.childNodes].filter((child) => child.nodeType === 3).map((child) => child.data.trim()).join('');
              if (text && !node.disabled && shown(node)) {
                const style = getComputedStyle(node);
                const size = parseFloat(style.fontSize);
                const least = size >= 24 || (size >= 18.66 && style.fontWeight >= 700) ? 3 : 4.5;
                const ratio = contrast(style.color, background(node));
                if (ratio < least) {
                  faults.push(`"${text}" has a contrast of ${ratio.toFixed(2)}`);
                }
              }
            }
            const probe = document.body.appendChild(document.createElement('i'));
            const colour = (name) => {
              probe.style.color = `var(--${name})`;
              return getComputedStyle(probe).color;
            };
            for (let series = 0; getComputedStyle(probe).getPropertyValue(`--series-${series}`); series += 1) {
              const ratio = contrast(colour(`series-${series}`), colour('card'));
              if (ratio < 3) {
                faults.push(`series ${series} has a contrast of ${ratio.toFixed(2)}`);
              }
            }
            probe.remove();
            for (const node of all(document.body, 'button, input, summary')) {
              const { width, height } = (node.closest('label') ?? node).getBoundingClientRect();
              if (shown(node) && (width < 24 || height < 24)) {
                faults.push(`${node.outerHTML} is ${width} by ${height}`);
              }
            }
            return faults;
            """;

    private Legibility() {}

    /** One line each; empty where the page is legible. */
    @SuppressWarnings("unchecked")
    public static List<String> faults(Browser browser) {
        return (List<String>) browser.run(SCRIPT);
    }
}
