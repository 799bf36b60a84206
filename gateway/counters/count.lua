-- Checks and counts a batch of requests in one step. Source: design 6.
--
-- ARGV: a fixed time for tests ('' is the server's clock) · {starts, ends} of the seven windows
-- that the sender takes for those of now · seeds {application, rows {period, window start, seconds
-- to its end, metric, value, how much of it was ever taken over}}, with which counters begin that are
-- not here yet; to those that are is added what was taken over since · requests, each a
-- list of calls, each of them
-- {application, service, limits {metric, period, value}, deltas {metric, is_set, amount},
-- false or {at, starts, ends} of windows that are not those of now}.
-- Answer: {now} when the windows are not those of now, nothing is done then; else {now, result …},
-- a result being {-1} for a request with an application whose counts have to be seeded first,
-- {0, current …} when counted, {n, current …} when the nth limit stands in the way.

local PERIODS = {'minute', 'hour', 'day', 'week', 'month', 'year', 'eternity'}
local ETERNITY = #PERIODS
local MOST = '9007199254740991' -- a counter stays there; all numbers up to it are exact here
local KEPT_S = 3600 -- after a window's end, so that a clock set back a little finds it again

local now = tonumber(ARGV[1])
if not now then
  local time = redis.call('TIME')
  now = time[1] + time[2] / 1000000
end
local starts, ends = unpack(cjson.decode(ARGV[2]))
local stamp = string.format('%.3f', now)
if now < starts[1] or now >= ends[1] then
  return {stamp}
end

local function key(application, period, start)
  return string.format('gatehouse:{%d}:%s:%d', application, PERIODS[period], start)
end

local function is_known(application)
  return redis.call('EXISTS', key(application, ETERNITY, starts[ETERNITY])) == 1
end

local function add(name, metric, amount)
  local after = redis.pcall('HINCRBY', name, metric, amount)
  if type(after) ~= 'number' or after > tonumber(MOST) then -- beyond 64 bits there is an error
    redis.call('HSET', name, metric, MOST)
  end
  return after
end

-- Begins an application's counters from the statistics; where somebody has done so, adds what was
-- taken over since: a mark beside each counter tells how much of that it has.
local function begin(application, rows)
  local is_new = not is_known(application)
  redis.call('HSET', key(application, ETERNITY, starts[ETERNITY]), 'known', 1)
  for _, row in ipairs(rows) do
    local period, start, left_s, metric, value, taken = unpack(row)
    local name = key(application, period, start)
    local counter = string.format('%d', metric)
    local mark = 't' .. counter
    local more = tonumber(taken) - tonumber(redis.call('HGET', name, mark) or 0)
    if is_new then
      redis.call('HSET', name, counter, value)
    elseif more > 0 then
      add(name, counter, string.format('%d', more))
    end
    if more > 0 then
      redis.call('HSET', name, mark, taken)
    end
    if period ~= ETERNITY and (is_new or more > 0) then
      redis.call('EXPIRE', name, string.format('%d', left_s + KEPT_S))
    end
  end
end

local function current(application, metric, period)
  return redis.call('HGET', key(application, period, starts[period]), metric) or 0
end

-- Names the first limit that the deltas would exceed, 0 when there is none.
local function obstacle(application, limits, deltas)
  for at, limit in ipairs(limits) do
    local touched, value = false, nil
    for _, delta in ipairs(deltas) do
      if delta[1] == limit[1] then
        value = value or tonumber(current(application, limit[1], limit[2]))
        value = (delta[2] and 0 or value) + tonumber(delta[3])
        touched = true
      end
    end
    if touched and value > limit[3] then
      return at
    end
  end
  return 0
end

local function move(application, delta, period, window_starts, window_ends)
  local name, is_new = key(application, period, window_starts[period]), false
  if delta[2] then
    is_new = redis.call('HSET', name, delta[1], delta[3]) == 1
  else
    is_new = add(name, delta[1], delta[3]) == tonumber(delta[3])
  end
  if is_new and period ~= ETERNITY then
    local left_s = math.max(window_ends[period] - now, 0)
    redis.call('EXPIRE', name, string.format('%d', left_s + KEPT_S))
  end
end

local function count(call)
  local application, service, _, deltas, other = unpack(call)
  local at, window_starts, window_ends = stamp, starts, ends
  if other then
    at, window_starts, window_ends = string.format('%.3f', other[1]), other[2], other[3]
  end
  local moves = {}
  for number, delta in ipairs(deltas) do
    for period = 1, ETERNITY do
      move(application, delta, period, window_starts, window_ends)
    end
    moves[number] = string.format('%d', delta[1]) .. (delta[2] and '=' or '+') .. delta[3]
  end
  return string.format('%d %d %s %s', service, application, at, table.concat(moves, ' '))
end

local lines = {}

local function answer(request)
  for _, call in ipairs(request) do
    if not is_known(call[1]) then
      return {-1}
    end
  end
  local result = {0}
  for _, call in ipairs(request) do
    local application, _, limits, deltas = unpack(call)
    result[1] = obstacle(application, limits, deltas)
    if result[1] == 0 and #deltas > 0 then
      lines[#lines + 1] = count(call)
    end
    for _, limit in ipairs(limits) do
      result[#result + 1] = tonumber(current(application, limit[1], limit[2]))
    end
  end
  return result
end

for _, seed in ipairs(cjson.decode(ARGV[3])) do
  begin(seed[1], seed[2])
end
local answers = {stamp}
for _, request in ipairs(cjson.decode(ARGV[4])) do
  answers[#answers + 1] = answer(request)
end
if #lines > 0 then
  redis.call('RPUSH', 'gatehouse:usage', table.concat(lines, '\n'))
end
return answers
