package io.heliograph.gateway.limit;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** What Redis runs to decide a {@link Batch}; nothing happens between the first look at a count and the last charge. */
final class LimitScript {

    /**
     * A key holds the log of what was admitted. It begins with how much that is (4 bytes), where the first entry is that
     * counts (4), and the newest entry: the time of a millisecond (6) and how much it admitted (4). Older entries follow
     * from the oldest to the newest, in 10 bytes each. Mostly all is read at once; of a long log that, and where it
     * begins, so that a long log costs no more time than a short one. It expires with its newest entry. All requests of
     * a batch come at the same moment.
     *
     * <p>{@code KEYS} are the logs. {@code ARGV} has three for each: how many requests, in how many milliseconds, and
     * 1 if the policy only counts; and last the requests, each as the number of its keys and their indexes in bytes. The
     * answer has for each of these what is left after it, -1 if there was nothing, and the milliseconds until the first
     * leaves the window, as two integers of 4 bytes.
     */
    static final String TEXT = """
            local HEAD, ENTRY, SHORT = 18, 10, 258
            local pack, unpack, byte, call = struct.pack, struct.unpack, string.byte, redis.call
            local time = call('TIME')
            local clock = time[1] * 1000 + math.floor(time[2] / 1000)
            local quotas, windows, shadows, used, added, waits = {}, {}, {}, {}, {}, {}
            local texts, firsts, nows, ats, counts = {}, {}, {}, {}, {}

            for i, key in ipairs(KEYS) do
              local window = tonumber(ARGV[3 * i - 1])
              local text = call('GETRANGE', key, 0, SHORT - 1)
              local total, first, now, at, count, oldest = 0, HEAD, clock, 0, 0, clock
              if text ~= '' then
                total, first, at, count = unpack('>I4I4I6I4', text)
                -- Unless the clock was set back by more than the log can be true for, it stands still until then.
                if at - clock <= window then now = math.max(clock, at) end
                oldest = at
              end
              if at <= now - window or at > now then
                text, total, first, at, count, oldest = '', 0, HEAD, 0, 0, now
              end
              local part, start = text, 0
              while text ~= '' do
                if first >= start + #part then
                  if #text < SHORT then break end
                  part, start = call('GETRANGE', key, first, first + SHORT - HEAD - 1), first
                  if part == '' then break end
                end
                local then_at, then_count = unpack('>I6I4', part, first - start + 1)
                if then_at > now - window then
                  oldest = then_at
                  break
                end
                total, first = total - then_count, first + ENTRY
              end
              quotas[i], windows[i], shadows[i] = tonumber(ARGV[3 * i - 2]), window, ARGV[3 * i] == '1'
              used[i], added[i], waits[i] = total, 0, oldest + window - clock
              texts[i], firsts[i], nows[i], ats[i], counts[i] = text, first, now, at, count
            end

            local answer, requests, at = {}, ARGV[#ARGV], 1
            while at <= #requests do
              local last = at + byte(requests, at)
              local admitted = true
              for j = at + 1, last do
                local i = byte(requests, j)
                admitted = admitted and (shadows[i] or used[i] < quotas[i])
              end
              for j = at + 1, last do
                local i = byte(requests, j)
                local left = -1
                if used[i] < quotas[i] then
                  if admitted then
                    used[i], added[i] = used[i] + 1, added[i] + 1
                  end
                  left = quotas[i] - used[i]
                end
                answer[#answer + 1] = pack('>i4i4', left, waits[i])
              end
              at = last + 1
            end

            for i, key in ipairs(KEYS) do
              if added[i] > 0 then
                local text, first, now, count, older = texts[i], firsts[i], nows[i], counts[i] + added[i], ''
                if counts[i] > 0 and ats[i] < now then
                  older, count = pack('>I6I4', ats[i], counts[i]), added[i]
                end
                local life = now + windows[i] - clock
                local rest
                if #text < SHORT then
                  rest = string.sub(text, first + 1) .. older
                elseif older ~= '' and call('APPEND', key, older) < 2 * first then
                  rest = call('GETRANGE', key, first, -1) -- more than half of it counts no more
                end
                if rest then
                  call('SET', key, pack('>I4I4I6I4', used[i], HEAD, now, count) .. rest, 'PX', life)
                else
                  call('SETRANGE', key, 0, pack('>I4I4I6I4', used[i], first, now, count))
                  call('PEXPIRE', key, life)
                end
              end
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
