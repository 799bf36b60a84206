-- One spelling for every path, as gateway/paths.py writes it: decoded once, slashes single, no dots.
local text = require("gatehouse.text")
local byte, concat, find, gmatch, gsub =
  string.byte, table.concat, string.find, string.gmatch, string.gsub

local NOT_PLAIN = "[^A-Za-z0-9/%-_~!$&'()*+,=:@.]"
local NOT_SAFE = "[^A-Za-z0-9/%-._~!$&'()*+,;=:@]"

local M = {}

local function has_odd_dots(path)
  return find(path, "[/\\]%.%.?[;\\]") or find(path, "\\%.%.?/") or find(path, "\\%.%.?$")
end

local function has_blank_segment(path)
  for segment in gmatch(path .. "/", "/([. ]+)%f[/]") do
    if segment ~= "." and segment ~= ".." then
      return true
    end
  end
  return false
end

-- Gives nil for a path that climbs above the root.
local function without_dots(path)
  if not find(path, "/.", 1, true) then
    return path
  end
  local kept, count, last = {}, 0, nil
  for segment in gmatch(path, "/([^/]*)") do
    if segment == ".." then
      if count == 0 then
        return nil
      end
      kept[count] = nil
      count = count - 1
    elseif segment ~= "." then
      count = count + 1
      kept[count] = segment
    end
    last = segment
  end
  if last == "." or last == ".." then
    kept[count + 1] = ""
  end
  return "/" .. concat(kept, "/")
end

-- Gives the path in the one spelling, or nil and the rule that it breaks.
function M.normalise(raw)
  if byte(raw) ~= 47 then
    return nil, "The path must start with '/'."
  end
  if not find(raw, NOT_PLAIN) and not find(raw, "//", 1, true) and not find(raw, "/.", 1, true) then
    return raw
  end
  if find(gsub(raw, "%%%x%x", ""), "%", 1, true) then
    return nil, "The path has a '%' without two hexadecimal digits."
  end
  local path = text.unescape(raw)
  if find(path, "[%z\1-\31\127]") then
    return nil, "The path has control characters."
  end
  if not text.is_utf8(path) then
    return nil, "The path is not UTF-8."
  end
  path = gsub(path, "//+", "/")
  if has_odd_dots(path) then
    return nil, "The path has a dot segment with parameters or backslashes."
  end
  if has_blank_segment(path) then
    return nil, "The path has a segment of nothing but dots and spaces."
  end
  path = without_dots(path)
  if not path then
    return nil, "The path climbs above the root."
  end
  return text.escape_all_but(NOT_SAFE, path)
end

-- Gives the rule that a path in the one spelling breaks for a service that reads it in this way.
function M.find_ambiguity(path, reading)
  if reading == "refuse" and find(path, ";", 1, true) then
    return "The path has parameters (';'), which servers read in different ways."
  end
  if reading ~= "as_written" and find(path, "%5C", 1, true) then
    return "The path has a backslash, which servers read in different ways."
  end
  return nil
end

-- Gives what mapping rules see of a path that is in the one spelling.
function M.for_rules(path, reading)
  if reading == "without_parameters" and find(path, ";", 1, true) then
    path = gsub(gsub(path, ";[^/]*", ""), "//+", "/")
  end
  return path
end

-- Cuts segments off the front of a path, as rules count them: parameters alone are none.
function M.behind(path, segments)
  local at = 1
  while segments > 0 do
    local stop = find(path, "/", at + 1, true)
    local segment = path:sub(at + 1, (stop or 0) - 1)
    if segment ~= "" and byte(segment) ~= 59 then
      segments = segments - 1
    end
    if not stop then
      return "/"
    end
    at = stop
  end
  return path:sub(at)
end

-- Takes a request target apart: raw path and query, without an origin before and a fragment behind.
function M.split(target)
  target = gsub(target, "^%a[%w+.-]*://[^/?#]*", "")
  local path, query = target:match("^([^?#]*)%??([^#]*)")
  return path == "" and "/" or path, query
end

return M
