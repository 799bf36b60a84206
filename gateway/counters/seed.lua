-- Begins an application's counters from the statistics, unless somebody has done so.
--
-- ARGV: the key of its eternity, which tells that its counts are here · application ·
-- rows {period name, window start, seconds to its end, metric, value}.

local KEPT_S = 3600

if redis.call('EXISTS', ARGV[1]) == 1 then
  return 0
end
redis.call('HSET', ARGV[1], 'known', 1)
for _, row in ipairs(cjson.decode(ARGV[3])) do
  local name = string.format('gatehouse:{%s}:%s:%d', ARGV[2], row[1], row[2])
  redis.call('HSET', name, string.format('%d', row[4]), row[5])
  if name ~= ARGV[1] then
    redis.call('EXPIRE', name, string.format('%d', row[3] + KEPT_S))
  end
end
return 1
