package io.heliograph.gateway.live.alert;

import java.util.Map;

/**
 * The value of one gauge of one replica.
 *
 * @param name as Prometheus has it
 */
public record Series(String name, Map<String, String> labels, double value) {}
