package io.heliograph.message.overload;

/**
 * The rate at which arrivals are admitted, found by additive increase and multiplicative decrease (D. Chiu and R. Jain,
 * 1989), as M. Welsh and D. Culler apply it to the admission of requests ("Adaptive Overload Control for Busy Internet
 * Servers", 2003).
 *
 * <ul>
 *   <li>Until the first congestion the rate doubles in each interval that used it up (slow start, RFC 5681).
 *   <li>A rate that was not used up does not grow: it does not show whether the machine could do more (RFC 7661).
 *   <li>A decrease is not followed by another in the next interval, in which its effect begins to show.
 * </ul>
 *
 * It is never below its minimum: if something other than arrivals keeps the machine busy, to admit no client does not
 * help. Not thread-safe.
 */
final class AdaptiveRate {

    /** TCP multiplies by 0.5; but a pause of the JVM does not mean that the machine can do only half. */
    private static final double DECREASE = 0.7;
    /** Arrivals a second; as much as a twentieth of what two cores can do. */
    private static final double INCREASE = 100;

    private final OverloadConfig config;
    private double perSecond;
    private boolean slowStart = true;
    private boolean decreased;

    AdaptiveRate(OverloadConfig config) {
        this.config = config;
        this.perSecond = bounded(config.initialRate());
    }

    double perSecond() {
        return perSecond;
    }

    /** Begins again after a time without arrivals, in which the rate was not measured; at least at the initial rate. */
    void restart() {
        perSecond = bounded(Math.max(perSecond, config.initialRate()));
        slowStart = true;
        decreased = false;
    }

    /**
     * To be called at the end of each interval.
     *
     * @param usedUp whether more arrived than were admitted
     */
    void adjust(boolean congested, boolean usedUp) {
        if (congested) {
            slowStart = false;
            if (!decreased) {
                perSecond = bounded(perSecond * DECREASE);
            }
            decreased = !decreased;
        } else {
            decreased = false;
            if (usedUp) {
                perSecond = bounded(slowStart ? perSecond * 2 : perSecond + INCREASE);
            }
        }
    }

    private double bounded(double rate) {
        return Math.min(config.maxRate(), Math.max(rate, config.minRate()));
    }
}
