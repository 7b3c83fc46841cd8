package io.heliograph.gateway.upstream;

import java.net.URI;
import java.util.List;

/**
 * Where the instances of an upstream are.
 *
 * @param urls one for each instance; if they are to be found, one whose host stands for all of them
 * @param found whether the addresses of that host are the instances, whichever they are at the time
 */
public record UpstreamAddresses(List<URI> urls, boolean dns) {}
