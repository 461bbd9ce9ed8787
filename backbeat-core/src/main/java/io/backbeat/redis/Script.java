package io.backbeat.redis;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A Lua script and the digest that a server knows it by. */
record Script(String text, String sha1) {
  /**
   * Adds to one counter. A value that is no number counts as 0, as it does for readers; one that
   * would overflow stays as it is; anything else that goes wrong ends the script.
   */
  private static final String COUNT =
      """
      local function count(key, delta, ttl)
        local answer = redis.pcall('INCRBY', key, delta)
        if type(answer) == 'table' and answer.err then
          if string.find(answer.err, 'not an integer', 1, true) then
            redis.call('SET', key, delta)
          elseif not string.find(answer.err, 'overflow', 1, true)
              and not string.find(answer.err, 'WRONGTYPE', 1, true) then
            error(answer.err)
          end
        end
        if ttl ~= '0' then redis.call('EXPIRE', key, ttl) end
      end
      """;

  /** Keys: counters. Arguments: for each its delta, and its seconds to live or 0 for ever. */
  static final Script ADD =
      of(
          COUNT
              + """
              for i = 1, #KEYS do count(KEYS[i], ARGV[2 * i - 1], ARGV[2 * i]) end
              return #KEYS
              """);

  /**
   * Keys: the offset, then counters. Arguments: from, to, then as for {@link #ADD}. Gives 0 and
   * does nothing if the offset is not {@code from}. The offset is set first: should the server run
   * out of memory, that happens before anything is counted.
   */
  static final Script ADD_ONCE =
      of(
          COUNT
              + """
              local counted = redis.call('GET', KEYS[1]) or '0'
              if not string.match(counted, '^%d+$') then counted = '0' end
              if counted ~= ARGV[1] then return 0 end
              redis.call('SET', KEYS[1], ARGV[2])
              for i = 2, #KEYS do count(KEYS[i], ARGV[2 * i - 1], ARGV[2 * i]) end
              return 1
              """);

  /**
   * Keys: sorted sets. Arguments: for each its seconds to live, a number of members, then that many
   * pairs of score and member.
   */
  static final Script RECORD =
      of(
          """
          local at = 1
          for i = 1, #KEYS do
            local ttl, members = ARGV[at], tonumber(ARGV[at + 1])
            at = at + 2
            for m = 1, members do
              redis.call('ZADD', KEYS[i], ARGV[at], ARGV[at + 1])
              at = at + 2
            end
            if redis.call('TTL', KEYS[i]) < 0 then redis.call('EXPIRE', KEYS[i], ttl) end
          end
          return at
          """);

  /**
   * Keys: a set that was made anew, and the one it is to replace. Argument: a score. What the old
   * one holds from that score on was recorded meanwhile and is kept.
   */
  static final Script REPLACE =
      of(
          """
          local late = redis.call('ZRANGEBYSCORE', KEYS[2], ARGV[1], '+inf', 'WITHSCORES')
          local ttl = redis.call('TTL', KEYS[2])
          for i = 1, #late, 2 do redis.call('ZADD', KEYS[1], late[i + 1], late[i]) end
          if redis.call('EXISTS', KEYS[1]) == 0 then return redis.call('DEL', KEYS[2]) end
          if ttl < 0 then ttl = 86400 end
          if redis.call('TTL', KEYS[1]) < 0 then redis.call('EXPIRE', KEYS[1], ttl) end
          redis.call('RENAME', KEYS[1], KEYS[2])
          return 1
          """);

  private static Script of(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-1").digest(text.getBytes(StandardCharsets.UTF_8));
      return new Script(text, HexFormat.of().formatHex(digest));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-1", e);
    }
  }
}
