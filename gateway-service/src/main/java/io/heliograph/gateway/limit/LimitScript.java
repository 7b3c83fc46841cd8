package io.heliograph.gateway.limit;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** What Redis runs to decide a {@link Batch}; nothing happens between the first look at a count and the last charge. */
final class LimitScript {

    /**
     * A key holds the log of what was admitted: how much that is in all (4 bytes), then for each millisecond that
     * admitted anything the time (6 bytes) and how much (4 bytes), the oldest first. It is read once and written once a
     * batch, and expires when its last entry leaves the window. Every request of a batch comes at the same moment.
     *
     * <p>{@code KEYS} are the logs. {@code ARGV} has three for each: how many requests, in how many milliseconds, and
     * 1 if the policy only counts; and last the requests, each as the number of its keys and their indexes in bytes. The
     * answer has for each of these what is left after it, -1 if there was nothing, and the milliseconds until there
     * will be more, as two integers of 4 bytes.
     */
    static final String TEXT = """
            local time = redis.call('TIME')
            local clock = time[1] * 1000 + math.floor(time[2] / 1000)

            local function open(i)
              local log = {quota = tonumber(ARGV[3 * i - 2]), window = tonumber(ARGV[3 * i - 1]),
                shadow = ARGV[3 * i] == '1', now = clock, used = 0, added = 0, first = 5,
                text = redis.call('GET', KEYS[i]) or ''}
              if log.text ~= '' then
                local last = struct.unpack('>I6', log.text, #log.text - 9)
                if last - clock > log.window then
                  log.text = '' -- the clock was set back by more than the log can be true for
                else
                  log.now = math.max(clock, last)
                  log.used = struct.unpack('>I4', log.text)
                end
              end
              while log.first < #log.text do
                local at, count = struct.unpack('>I6I4', log.text, log.first)
                if at > log.now - log.window then break end
                log.used = log.used - count
                log.first = log.first + 10
              end
              return log
            end

            -- Until less than the quota is used, or, if it is not used up, until the oldest leaves the window.
            local function wait(log)
              local left, i = log.used, log.first
              while i < #log.text do
                local at, count = struct.unpack('>I6I4', log.text, i)
                left = left - count
                if left < log.quota then return at + log.window - clock end
                i = i + 10
              end
              return log.now + log.window - clock
            end

            local function save(i, log)
              local entries, count = string.sub(log.text, log.first), log.added
              if entries ~= '' then
                local at, before = struct.unpack('>I6I4', entries, #entries - 9)
                if at == log.now then
                  entries, count = string.sub(entries, 1, -11), count + before
                end
              end
              redis.call('SET', KEYS[i], struct.pack('>I4', log.used) .. entries
                .. struct.pack('>I6I4', log.now, count), 'PX', log.window + log.now - clock)
            end

            local logs = {}
            for i = 1, #KEYS do
              logs[i] = open(i)
              logs[i].wait = wait(logs[i])
            end

            local answer, requests, at = {}, ARGV[#ARGV], 1
            while at <= #requests do
              local charged = {string.byte(requests, at + 1, at + string.byte(requests, at))}
              at = at + 1 + #charged
              local admitted = true
              for _, i in ipairs(charged) do
                local log = logs[i]
                admitted = admitted and (log.shadow or log.used < log.quota)
              end
              for _, i in ipairs(charged) do
                local log, left = logs[i], -1
                if log.used < log.quota then
                  if admitted then
                    log.used = log.used + 1
                    log.added = log.added + 1
                  end
                  left = log.quota - log.used
                end
                answer[#answer + 1] = struct.pack('>i4i4', left, log.wait)
              end
            end

            for i = 1, #KEYS do
              if logs[i].added > 0 then save(i, logs[i]) end
            end
            return table.concat(answer)
            """;

    /** The name by which Redis knows the script once it has seen it. */
    static final String SHA = sha();

    private LimitScript() {}

    private static String sha() {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-1");
            return HexFormat.of().formatHex(digest.digest(TEXT.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
