-- Ends the open usage segment under a name of its own, when it has any usage.
--
-- ARGV: the new name.

if redis.call('EXISTS', 'gatehouse:usage') == 0 then
  return 0
end
redis.call('RENAME', 'gatehouse:usage', 'gatehouse:segment:' .. ARGV[1])
redis.call('RPUSH', 'gatehouse:segments', ARGV[1])
return 1
