-- Does things to names and leases, in this order and once, and appends the news of it to the claims'
-- channel.
-- KEYS: names (hash: name -> node, origin, `shared` if the claim is, and claim, each a line), leases
-- (hash: node -> ms until), gone (zset: node, since), heard (`<ms of the last beat> <ms of its
-- lease>`), log, meta (the channel), shares (hash: name -> origins, each a line, of those who share
-- it with the one in `names`; what that has of them is at name and origin, two lines), done
-- (`<number> <answers>` of the author's last batch).
-- ARGV: topic, entries to keep, ms to keep, number of the batch, then for each thing: what, name,
-- node, origin, claim (JSON), how many may share it (empty: nobody else may have it).
-- Returns an answer for each: 'alive <until>', 'new <until>', 'lapsed', 'claimed', 'taken', 'full',
-- 'done'.
local names, leases, gone, heard, shares, done = KEYS[1], KEYS[2], KEYS[3], KEYS[4], KEYS[7], KEYS[8]
local now, gone_max, done_ms = now_ms(), 1000, 3600000
local news = {}

local function tell(event)
  news[#news + 1] = cjson.encode(event)
end

local function holder_in(held)
  local node, origin, claim = string.match(held, '^([^\n]*)\n([^\n]*)\n(.*)$')
  local is_shared = string.sub(claim, 1, 7) == 'shared\n'
  return { node = node, origin = origin, is_shared = is_shared, held = held }
end

local function origins_in(shared)
  return string.gmatch(shared or '', '[^\n]+')
end

-- All who have a name. A version that knows nothing of sharing frees fields, and leaves `shares`.
local function holders_of(name)
  local holders = {}
  local function add(field)
    local held = redis.call('HGET', names, field)
    if held then holders[#holders + 1] = holder_in(held) end
  end
  add(name)
  for origin in origins_in(redis.call('HGET', shares, name)) do add(name .. '\n' .. origin) end
  return holders
end

-- The first is where a version looks that knows nothing of sharing, so that the name is taken there.
local function keep(name, holders)
  local shared = redis.call('HGET', shares, name)
  for origin in origins_in(shared) do redis.call('HDEL', names, name .. '\n' .. origin) end
  local origins = {}
  for index, holder in ipairs(holders) do
    local field = index == 1 and name or name .. '\n' .. holder.origin
    redis.call('HSET', names, field, holder.held)
    if index > 1 then origins[#origins + 1] = holder.origin end
  end
  if #holders == 0 then redis.call('HDEL', names, name) end
  if #origins > 0 then
    redis.call('HSET', shares, name, table.concat(origins, '\n'))
  elseif shared then
    redis.call('HDEL', shares, name)
  end
end

local function hold(name, holders, at, node, origin, claim, sharing)
  local mark = sharing ~= '' and 'shared\n' or ''
  holders[at] = holder_in(node .. '\n' .. origin .. '\n' .. mark .. claim)
  keep(name, holders)
  -- Not decoded and encoded again: that would change empty arrays and long numbers.
  news[#news + 1] = '{"kind":"held","claim":' .. claim .. '}'
end

local function index_of(origin, holders)
  for index, holder in ipairs(holders) do
    if holder.origin == origin then return index end
  end
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
    if holder_in(all[index + 1]).node == node then
      local name = string.match(all[index], '^[^\n]*')
      local left = {}
      for _, holder in ipairs(holders_of(name)) do
        if holder.node ~= node then left[#left + 1] = holder end
      end
      keep(name, left)
    end
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

function things.claim(name, node, origin, claim, sharing)
  if is_gone(node) then return 'lapsed' end
  local holders = holders_of(name)
  local at = index_of(origin, holders)
  if at == nil then
    for _, holder in ipairs(holders) do
      if not lives(holder.node) and not is_gone(holder.node) then retire(holder.node) end
    end
    holders = holders_of(name)
    for _, holder in ipairs(holders) do
      if sharing == '' or not holder.is_shared then return 'taken' end
    end
    if sharing ~= '' and #holders >= tonumber(sharing) then return 'full' end
    at = #holders + 1
  end
  hold(name, holders, at, node, origin, claim, sharing)
  return 'claimed'
end

function things.describe(name, node, origin, claim, sharing)
  local holders = holders_of(name)
  local at = index_of(origin, holders)
  if at then hold(name, holders, at, node, origin, claim, sharing) end
  return 'done'
end

function things.release(name, node, origin)
  local holders = holders_of(name)
  local at = index_of(origin, holders)
  if at then
    table.remove(holders, at)
    keep(name, holders)
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
for index = 5, #ARGV, 6 do
  local name, node, origin, claim, sharing = unpack(ARGV, index + 1, index + 5)
  answers[#answers + 1] = things[ARGV[index]](name, node, origin, claim, sharing)
end
local keep_ms = tonumber(ARGV[3])
if #news > 0 then
  append(KEYS[5], KEYS[6], ARGV[1], now, '-', tonumber(ARGV[2]), keep_ms, #news,
    '[' .. table.concat(news, ',') .. ']')
end
for _, key in ipairs({ names, leases, gone, heard, shares }) do
  redis.call('PEXPIRE', key, keep_ms)
end
redis.call('SET', done, ARGV[4] .. ' ' .. table.concat(answers, ','), 'PX', done_ms)
return answers
