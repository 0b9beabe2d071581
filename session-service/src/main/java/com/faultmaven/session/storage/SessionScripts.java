package com.faultmaven.session.storage;

/**
 * What Redis does in one step. A script that writes a session takes the keys of the session, of its
 * client's index and of its user's index, and the TTL in milliseconds and the session's id as its
 * first two arguments. Times are those of the Redis server, so that replicas need not agree on one.
 */
final class SessionScripts {
  /** Puts the session into its user's index and lets the client's index live as long as it does. */
  private static final String INDEX =
      """
      local time = redis.call('TIME')
      local now = time[1] * 1000 + math.floor(time[2] / 1000)
      redis.call('ZREMRANGEBYSCORE', KEYS[3], '-inf', now)
      redis.call('ZADD', KEYS[3], now + ARGV[1], ARGV[2])
      local last = redis.call('ZREVRANGE', KEYS[3], 0, 0, 'WITHSCORES')
      redis.call('PEXPIREAT', KEYS[3], last[2])
      if redis.call('GET', KEYS[2]) == ARGV[2] then
        redis.call('PEXPIRE', KEYS[2], ARGV[1])
      end
      return 1
      """;

  /** ARGV[3] is the value. */
  static final String SET =
      """
      redis.call('SET', KEYS[1], ARGV[3], 'PX', ARGV[1])
      """
          + INDEX;

  /** ARGV[3] is the value, ARGV[4] the one to be replaced: 1 done, 0 gone, 2 changed meanwhile. */
  static final String REPLACE =
      """
      local current = redis.call('GET', KEYS[1])
      if not current then
        return 0
      end
      if current ~= ARGV[4] then
        return 2
      end
      redis.call('SET', KEYS[1], ARGV[3], 'PX', ARGV[1])
      """
          + INDEX;

  /** 1 done, 0 gone. */
  static final String EXTEND =
      """
      if redis.call('PEXPIRE', KEYS[1], ARGV[1]) == 0 then
        return 0
      end
      """
          + INDEX;

  /** KEYS: session, user's index; ARGV[1]: id. Gives how many sessions were deleted. */
  static final String DELETE =
      """
      redis.call('ZREM', KEYS[2], ARGV[1])
      return redis.call('DEL', KEYS[1])
      """;

  /**
   * KEYS: session, client's index, user's index, ending sessions; ARGV: id, value that the session
   * must have, what to keep of it. 1 done, 0 gone, 2 changed meanwhile.
   */
  static final String END =
      """
      local current = redis.call('GET', KEYS[1])
      if not current then
        return 0
      end
      if current ~= ARGV[2] then
        return 2
      end
      redis.call('HSET', KEYS[4], ARGV[1], ARGV[3])
      redis.call('DEL', KEYS[1])
      redis.call('ZREM', KEYS[3], ARGV[1])
      if redis.call('GET', KEYS[2]) == ARGV[1] then
        redis.call('DEL', KEYS[2])
      end
      return 1
      """;

  /** KEYS[1]: client's index; ARGV: TTL, new id, expected id or nothing. 1 done, 0 not so. */
  static final String CLAIM =
      """
      if (redis.call('GET', KEYS[1]) or '') ~= ARGV[3] then
        return 0
      end
      redis.call('SET', KEYS[1], ARGV[2], 'PX', ARGV[1])
      return 1
      """;

  /** KEYS[1]: client's index; ARGV[1]: id that it must point to. Gives how many were deleted. */
  static final String RELEASE =
      """
      if redis.call('GET', KEYS[1]) ~= ARGV[1] then
        return 0
      end
      return redis.call('DEL', KEYS[1])
      """;

  /** KEYS[1]: user's index; ARGV: first and last place. Gives the total, then the ids. */
  static final String LIST =
      """
      local time = redis.call('TIME')
      local now = time[1] * 1000 + math.floor(time[2] / 1000)
      redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now)
      local answer = redis.call('ZREVRANGE', KEYS[1], ARGV[1], ARGV[2])
      table.insert(answer, 1, redis.call('ZCARD', KEYS[1]))
      return answer
      """;

  private SessionScripts() {}
}
