-- Reads documents. KEYS: collection. ARGV: 'one', 'all' or 'count'; id.
-- Returns {document, …}, or {count}.
if ARGV[1] == 'all' then return redis.call('HVALS', KEYS[1]) end
if ARGV[1] == 'count' then return { tostring(redis.call('HLEN', KEYS[1])) } end
return { redis.call('HGET', KEYS[1], ARGV[2]) or nil }
