package io.heliograph.benchmarks.gateway.stack;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How many commands Redis has carried out. What a script does is counted by Redis as if it had been sent, so that
 * scripts are also counted by themselves.
 */
public record RedisCommands(long all, long scripts) {

    private static final Pattern CALLS = Pattern.compile("cmdstat_([a-z|]+):calls=(\\d+),.*");

    static RedisCommands soFar(int port) {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            socket.getOutputStream().write("INFO commandstats\r\nQUIT\r\n".getBytes(StandardCharsets.US_ASCII));
            BufferedReader reader =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
            long all = 0;
            long scripts = 0;
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                Matcher matcher = CALLS.matcher(line);
                if (matcher.matches()) {
                    long calls = Long.parseLong(matcher.group(2));
                    all += calls;
                    scripts += matcher.group(1).startsWith("eval") ? calls : 0;
                }
            }
            return new RedisCommands(all, scripts);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public RedisCommands since(RedisCommands before) {
        return new RedisCommands(all - before.all, scripts - before.scripts);
    }
}
