-- Reads all claims there are, and where their channel's head stands. KEYS: names, meta.
-- Returns {head, claim (JSON), …}.
local answer = redis.call('HVALS', KEYS[1])
for index, claim in ipairs(answer) do answer[index] = string.match(claim, '\n([^\n]*)$') end
table.insert(answer, 1, redis.call('HGET', KEYS[2], 'head') or '0')
return answer
