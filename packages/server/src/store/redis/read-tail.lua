-- Reads the newest batches of a channel that hold so many entries, newest first.
-- KEYS: log, meta. ARGV: entries wanted. Returns {head, batch id, batch, …}.
local answer = { redis.call('HGET', KEYS[2], 'head') or '0' }
local wanted, to = tonumber(ARGV[1]), '+'
while wanted > 0 do
  local page = redis.call('XREVRANGE', KEYS[1], to, '-', 'COUNT', 100)
  for _, entry in ipairs(page) do
    if wanted <= 0 then break end
    answer[#answer + 1] = entry[1]
    answer[#answer + 1] = entry[2][2]
    wanted = wanted - tonumber(string.match(entry[1], '-(%d+)$'))
    to = '(' .. entry[1]
  end
  if #page < 100 then break end
end
return answer
