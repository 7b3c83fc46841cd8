package io.heliograph.ratelimit;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The script by which Redis decides a {@link RateLimitBatch}, atomically. */
public final class RateLimitScript {

    /**
     * A key has the log of admitted requests: entries from the oldest to the newest, each with its time in milliseconds
     * (6 bytes) and its number of requests (4). The newest entry is at the end of the value, since it still changes.
     * The head is the newest entry and, before it, the sum of all entries (4), the position of the first entry in the
     * window (4), the bytes of the older entries (4), and the time at which the key expires (6).
     *
     * <p>A log of less than {@code FRONT} bytes is written completely. In a longer one, copies of the entries that
     * leave the window next are before the head: the {@code FRONT} bytes with the first entry in the window. So one
     * read of the end of the value is sufficient except for one entry in 23, and a charge writes only the end of a log
     * of any length. More copies would save little and make each log longer. Entries that have left the window are
     * removed when they are more than those in it. A key may live for an eighth of the window longer than its newest
     * entry counts, so that its expiry is set about eight times in a window, not with each charge. All requests of a
     * batch have the same time.
     *
     * <p>{@code KEYS} are the logs. {@code ARGV} are the policies, for each log the number of requests (4 bytes), the
     * milliseconds (4), and 1 if the policy only counts (1); and the requests, each as the number of its keys and their
     * indexes in bytes. The result has for each of these the remaining number, -1 if it was rejected, and the
     * milliseconds until the first leaves the window, as two integers of 4 bytes.
     */
    public static final String TEXT = """
            local FRONT, HEAD, ENTRY = 230, 28, 10
            local heads, entries = '>I4I4I4I6I6I4', '>I6I4'
            local pack, unpack, all = struct.pack, struct.unpack, unpack
            local byte, sub, format, floor, call = string.byte, string.sub, string.format, math.floor, redis.call
            local policies, requests = ARGV[1], ARGV[2]
            local time = call('TIME')
            local clock = time[1] * 1000 + floor(time[2] / 1000)
            local logs = {}

            for i, key in ipairs(KEYS) do
              local quota, window, shadow = unpack('>i4i4b', policies, 9 * i - 8)
              local front = call('GETRANGE', key, '-258', '-1') -- FRONT and HEAD
              local newest = sub(front, -ENTRY)
              local total, first, size, expiry, at, count = 0, 0, 0, 0, 0, 0
              local now, oldest = clock, clock
              if front ~= '' then
                total, first, size, expiry, at, count = unpack(heads, front, #front - HEAD + 1)
                oldest = at
                -- Unless the clock was set back by more than the log can be true for, it stands still until then.
                if at - clock <= window then now = math.max(clock, at) end
                if at <= now - window or at > now then
                  total, first, size, at, count, oldest = 0, 0, 0, 0, 0, now
                end
              end
              while first < size do
                local then_at, then_count = unpack(entries, front, first % FRONT + 1)
                if then_at > now - window then
                  oldest = then_at
                  break
                end
                total, first = total - then_count, first + ENTRY
                if first % FRONT == 0 then front = call('GETRANGE', key, first, first + FRONT - 1) end
              end
              logs[i] = {
                quota = quota, window = window, shadow = shadow == 1, used = total, added = 0, wait = oldest + window - clock,
                front = front, newest = newest, first = first, size = size, expiry = expiry, now = now, at = at, count = count
              }
            end

            local answer, n, at = {}, 0, 1
            while at <= #requests do
              local last = at + byte(requests, at)
              local charged = { byte(requests, at + 1, last) }
              local admitted = true
              for j = 1, #charged do
                local log = logs[charged[j]]
                admitted = admitted and (log.shadow or log.used < log.quota)
              end
              for j = 1, #charged do
                local log = logs[charged[j]]
                local left = -1
                if log.used < log.quota then
                  if admitted then
                    log.used, log.added = log.used + 1, log.added + 1
                  end
                  left = log.quota - log.used
                end
                answer[n + 1], answer[n + 2] = left, log.wait
                n = n + 2
              end
              at = last + 1
            end

            -- Where it matters, Redis is given numbers as text: it would write them with a search for 17 digits.
            for i, key in ipairs(KEYS) do
              local log = logs[i]
              if log.added > 0 then
                local first, size, now, count, older = log.first, log.size, log.now, log.count + log.added, ''
                if log.count > 0 and log.at < now then
                  older, count = log.newest, log.added
                end
                local rest
                if size < FRONT then
                  rest = sub(log.front, first + 1, size) .. older
                elseif 2 * first > size then -- always if less than FRONT follows: no copies end behind the log
                  rest = call('GETRANGE', key, first, size - 1) .. older
                end
                local expiry, needed = log.expiry, now + log.window
                if rest or expiry < needed then expiry = needed + floor(log.window / 8) end
                if rest then
                  local front = #rest < FRONT and '' or sub(rest, 1, FRONT)
                  local head = pack(heads, log.used, 0, #rest, expiry, now, count)
                  call('SET', key, rest .. front .. head, 'PX', format('%d', expiry - clock))
                else
                  local head = pack(heads, log.used, first, size + #older, expiry, now, count)
                  call('SETRANGE', key, format('%d', size), older .. sub(log.front, 1, FRONT) .. head)
                  if expiry > log.expiry then call('PEXPIRE', key, format('%d', expiry - clock)) end
                end
              end
            end
            return pack('>' .. string.rep('i4', n), all(answer))
            """;

    /** The name by which Redis knows the script once it has seen it. */
    public static final String SHA = sha();

    private RateLimitScript() {}

    private static String sha() {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-1");
            return HexFormat.of().formatHex(digest.digest(TEXT.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
