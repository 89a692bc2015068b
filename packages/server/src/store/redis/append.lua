-- Appends a batch to a channel, once: a copy of it that comes late changes nothing.
-- KEYS: log, meta. ARGV: topic, memory (the field that remembers this append), mark (what it then
-- holds), fence (ms of this server's clock, or 0), author, entries to keep, ms to keep, size, entries.
-- Returns {first offset, head before}, or {'fenced'} when the fence has passed.
local log, meta = KEYS[1], KEYS[2]
local topic, memory, mark, fence, author = ARGV[1], ARGV[2], ARGV[3], tonumber(ARGV[4]), ARGV[5]
local keep, keep_ms, size = tonumber(ARGV[6]), tonumber(ARGV[7]), tonumber(ARGV[8])
local memory_ms, memories_max = 3600000, 64

local function forget_old(now)
  local fields = redis.call('HGETALL', meta)
  for index = 1, #fields, 2 do
    local at = string.match(fields[index + 1], ' (%d+)$')
    if at and tonumber(at) < now - memory_ms then redis.call('HDEL', meta, fields[index]) end
  end
end

local function number_of(made)
  return tonumber(string.match(made, ':(%d+)$')) or 0
end

local done = redis.call('HGET', meta, memory)
if done then
  local made, first, previous = string.match(done, '^(%S+) (%d+) (%d+) ')
  if made == mark then return { first, previous } end
  -- Its author has gone on, so nobody waits for this copy, which was held up somewhere.
  if number_of(made) > number_of(mark) then return redis.error_reply('ERR too late') end
end
local now = now_ms()
if fence > 0 and now > fence then return { 'fenced' } end
local first, previous = append(log, meta, topic, now, author, keep, keep_ms, size, ARGV[9])
local remembered = table.concat({ mark, first, previous, integer(now) }, ' ')
if redis.call('HSET', meta, memory, remembered) == 1 and redis.call('HLEN', meta) > memories_max then
  forget_old(now)
end
return { first, previous }
