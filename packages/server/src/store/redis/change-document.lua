-- Replaces a document if it still is what its change was made of, once.
-- KEYS: collection, done (tells that this change was made). ARGV: id, present ('' when there is
-- none), next ('' to remove it), ms to remember the change.
-- Returns {} when it is done, else {what is there instead} ('' when there is nothing).
if redis.call('EXISTS', KEYS[2]) == 1 then return {} end
local present = redis.call('HGET', KEYS[1], ARGV[1]) or ''
if present ~= ARGV[2] then return { present } end
if ARGV[3] == '' then redis.call('HDEL', KEYS[1], ARGV[1])
else redis.call('HSET', KEYS[1], ARGV[1], ARGV[3]) end
redis.call('SET', KEYS[2], '', 'PX', ARGV[4])
return {}
