-- Removes a channel's batches, once; where its offsets go on is kept.
-- KEYS: log, meta. ARGV: memory (the field that remembers the last drop of this author), its number.
local log, meta, memory = KEYS[1], KEYS[2], ARGV[1]
local done = string.match(redis.call('HGET', meta, memory) or '', '^(%d+)')
-- A copy that comes late must not remove what came after the drop.
if done and tonumber(done) >= tonumber(ARGV[2]) then return 'dropped' end
redis.call('DEL', log)
if redis.call('EXISTS', meta) == 1 then
  redis.call('HSET', meta, memory, ARGV[2] .. ' ' .. integer(now_ms()))
  redis.call('PEXPIRE', meta, 86400000)
end
return 'dropped'
