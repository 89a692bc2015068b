-- Reads what a channel keeps after an offset, oldest first.
-- KEYS: log, meta. ARGV: offset, batches at most. Returns {head, batch id, batch, …}.
local answer = { redis.call('HGET', KEYS[2], 'head') or '0' }
local from = string.format('%.0f', tonumber(ARGV[1]) + 1) .. '-0'
for _, entry in ipairs(redis.call('XRANGE', KEYS[1], from, '+', 'COUNT', ARGV[2])) do
  answer[#answer + 1] = entry[1]
  answer[#answer + 1] = entry[2][2]
end
return answer
