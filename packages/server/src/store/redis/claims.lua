-- Does things to names and leases, in this order and once, and appends the news of it to the claims'
-- channel.
-- KEYS: names (hash: name -> node, origin and claim, each a line), leases (hash: node -> ms until),
-- gone (zset: node, since), heard (`<ms of the last beat> <ms of its lease>`), log, meta (the
-- channel), done (`<number> <answers>` of the author's last batch).
-- ARGV: topic, entries to keep, ms to keep, number of the batch, then for each thing: what, name,
-- node, origin, claim (JSON).
-- Returns an answer for each: 'alive <until>', 'new <until>', 'lapsed', 'claimed', 'taken', 'done'.
local names, leases, gone, heard, done = KEYS[1], KEYS[2], KEYS[3], KEYS[4], KEYS[7]
local now, gone_max, done_ms = now_ms(), 1000, 3600000
local news = {}

local function tell(event)
  news[#news + 1] = cjson.encode(event)
end

local function hold(name, node, origin, claim)
  redis.call('HSET', names, name, node .. '\n' .. origin .. '\n' .. claim)
  -- Not decoded and encoded again: that would change empty arrays and long numbers.
  news[#news + 1] = '{"kind":"held","claim":' .. claim .. '}'
end

local function holder_in(held)
  local node, origin = string.match(held, '^([^\n]*)\n([^\n]*)\n')
  return { node = node, origin = origin }
end

local function holder_of(name)
  local held = redis.call('HGET', names, name)
  return held and holder_in(held)
end

-- Nothing was heard of any node for so long that it tells nothing of any of them.
local function is_silent()
  local last, lease_ms = string.match(redis.call('GET', heard) or '', '(%d+) (%d+)')
  return last == nil or now - last > lease_ms / 2
end

local function is_gone(node)
  return redis.call('ZSCORE', gone, node) ~= false
end

local function lives(node)
  return is_silent() or (tonumber(redis.call('HGET', leases, node)) or 0) > now
end

local function retire(node)
  redis.call('HDEL', leases, node)
  redis.call('ZADD', gone, now, node)
  redis.call('ZREMRANGEBYRANK', gone, 0, -1 - gone_max)
  local all = redis.call('HGETALL', names)
  for index = 1, #all, 2 do
    if holder_in(all[index + 1]).node == node then redis.call('HDEL', names, all[index]) end
  end
  tell({ kind = 'gone', node = node })
  return 'done'
end

local things = {}

function things.beat(_, node, lease_ms)
  if is_gone(node) then return 'lapsed' end
  local until_ms = integer(now + lease_ms)
  local others = redis.call('HKEYS', leases)
  if is_silent() then
    for _, other in ipairs(others) do redis.call('HSET', leases, other, until_ms) end
  end
  redis.call('SET', heard, integer(now) .. ' ' .. lease_ms)
  local is_new = redis.call('HSET', leases, node, until_ms) == 1
  for _, other in ipairs(others) do
    if not lives(other) then retire(other) end
  end
  return (is_new and 'new ' or 'alive ') .. until_ms
end

function things.retire(_, node)
  return retire(node)
end

function things.claim(name, node, origin, claim)
  if is_gone(node) then return 'lapsed' end
  local present = holder_of(name)
  if present and present.origin ~= origin then
    if lives(present.node) then return 'taken' end
    retire(present.node)
  end
  hold(name, node, origin, claim)
  return 'claimed'
end

function things.describe(name, node, origin, claim)
  local present = holder_of(name)
  if present and present.origin == origin then hold(name, node, origin, claim) end
  return 'done'
end

function things.release(name, node, origin)
  local present = holder_of(name)
  if present and present.origin == origin then
    redis.call('HDEL', names, name)
    tell({ kind = 'freed', name = name, holder = { node = node, origin = origin } })
  end
  return 'done'
end

local number, given = string.match(redis.call('GET', done) or '', '^(%d+) (.*)$')
local is_late = number and tonumber(number) > tonumber(ARGV[4])
-- Its author has gone on, so nobody waits for this copy, which was held up somewhere.
if is_late then return redis.error_reply('ERR too late') end
local answers = {}
if number == ARGV[4] then
  for answer in string.gmatch(given, '[^,]+') do answers[#answers + 1] = answer end
  return answers
end
for index = 5, #ARGV, 5 do
  local name, node, origin, claim = unpack(ARGV, index + 1, index + 4)
  answers[#answers + 1] = things[ARGV[index]](name, node, origin, claim)
end
local keep_ms = tonumber(ARGV[3])
if #news > 0 then
  append(KEYS[5], KEYS[6], ARGV[1], now, '-', tonumber(ARGV[2]), keep_ms, #news,
    '[' .. table.concat(news, ',') .. ']')
end
for index = 1, 4 do redis.call('PEXPIRE', KEYS[index], keep_ms) end
redis.call('SET', done, ARGV[4] .. ' ' .. table.concat(answers, ','), 'PX', done_ms)
return answers
