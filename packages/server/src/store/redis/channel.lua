-- What scripts that append to a channel have in common; put in front of them.
-- A channel is a stream of batches, each with the id <offset of its last entry>-<entries>, and a
-- hash: `head`, the greatest offset given; `run`, the server that gave it, as it was then; `count`, entries
-- kept; and a field for each append that is remembered, so that it is made once.

-- Whole numbers above 2^31 would be written with an exponent.
local function integer(number)
  return string.format('%.0f', number)
end

-- Has a key live at least so long from now on.
local function keep_alive(key, keep_ms)
  if redis.call('PTTL', key) < keep_ms then redis.call('PEXPIRE', key, keep_ms) end
end

local function now_ms()
  local time = redis.call('TIME')
  return time[1] * 1000 + math.floor(time[2] / 1000)
end

-- Another one after a restart and after a failover, when the end of the stream may be lost: the
-- process, and the history of writes that it takes part in.
local function server_run()
  return string.match(redis.call('INFO', 'server'), 'run_id:(%x+)') .. ':'
    .. string.match(redis.call('INFO', 'replication'), 'master_replid:(%x+)')
end

-- Removes the oldest batches, as far as `keep` entries stay.
local function trim(log, count, keep)
  local removed
  repeat
    removed = {}
    for _, entry in ipairs(redis.call('XRANGE', log, '-', '+', 'COUNT', 100)) do
      local size = tonumber(string.match(entry[1], '-(%d+)$'))
      if count - size < keep then break end
      count = count - size
      removed[#removed + 1] = entry[1]
    end
    if #removed > 0 then redis.call('XDEL', log, unpack(removed)) end
  until #removed < 100
  return count
end

-- Appends a batch of `size` entries, publishes it, and returns its first offset and the head before.
-- Offsets grow by one, but where a server that knows nothing of the last ones goes on, they start
-- from its clock, far above all that were given: none is ever given twice.
local function append(log, meta, topic, now, author, keep, keep_ms, size, entries)
  local known = redis.call('HMGET', meta, 'head', 'run', 'count')
  local previous = tonumber(known[1]) or 0
  local head, run = previous, server_run()
  if size == 0 then return integer(head + 1), integer(previous) end
  if known[2] ~= run then head = math.max(previous, now * 2048) end
  local first, last = integer(head + 1), integer(head + size)
  local record = table.concat({ first, integer(previous), integer(now), author }, ' ')
    .. '\n' .. entries
  local count = size
  if redis.call('XLEN', log) > 0 then count = count + (tonumber(known[3]) or 0) end
  redis.call('XADD', log, last .. '-' .. size, 'b', record)
  if count > keep * 1.5 then count = trim(log, count, keep) end
  redis.call('HSET', meta, 'head', last, 'run', run, 'count', count)
  -- Not less than before: what is appended briefly takes nothing from what is to be kept.
  keep_alive(log, keep_ms)
  -- Longer than the log, so that offsets go on from here.
  keep_alive(meta, keep_ms + 86400000)
  redis.call('PUBLISH', topic, last .. ' ' .. record)
  return first, integer(previous)
end
