-- Which headers travel to the upstream and back, beside what nginx decides by itself.
local gsub, lower, sub = string.gsub, string.lower, string.sub

local M = {}

local function each_named(connection)
  return string.gmatch(lower(connection), "[^,%s]+")
end

-- Gives the first value of each header, its name in lower case with '_' read as '-', and all values.
function M.of_request()
  local values, all = {}, ngx.req.get_headers(0)
  for name, value in pairs(all) do
    name = gsub(name, "_", "-")
    if type(value) == "table" then
      value = value[1]
    end
    values[name] = values[name] or value
  end
  return values, all
end

-- Tells how many gateways a call has passed; a caller can only make it more than it is.
function M.hops_of(given)
  local most = 0
  for _, value in ipairs(type(given) == "table" and given or { given }) do
    for part in string.gmatch(value, "[^,]+") do
      local digits = part:match("^%s*(%d+)%s*$")
      most = math.max(most, digits and tonumber(sub(digits, 1, 3)) or 0)
    end
  end
  return most
end

local function is_dropped(config, name)
  local dashed = gsub(name, "_", "-")
  if sub(dashed, 1, 12) == "x-forwarded-" then
    return true
  end
  if dashed == name then
    return config.dropped[name]
  end
  return config.dropped[dashed] or config.set_by_nginx[dashed]
end

-- Takes away what only the gateway may say, and what the caller says about this connection only.
function M.clean_request(config, headers)
  for name in pairs(headers) do
    if is_dropped(config, name) then
      ngx.req.clear_header(name)
    end
  end
  local connection = rawget(headers, "connection")
  if type(connection) == "table" then
    connection = table.concat(connection, ",")
  end
  for name in each_named(connection or "") do
    if not config.kept[name] and not config.set_by_nginx[name] then
      ngx.req.clear_header(name)
    end
  end
end

-- Finishes an answer of the upstream: drops what it says about its connection, adds what we tell.
function M.finish_answer(config, told)
  for name in each_named(ngx.var.upstream_http_connection or "") do
    if not config.kept[name] and not config.set_by_nginx[name] then
      ngx.header[name] = nil
    end
  end
  for _, header in ipairs(told or {}) do
    local name, value = header[1], header[2]
    local theirs = ngx.header[name]
    if theirs == nil then
      ngx.header[name] = value
    elseif type(theirs) == "table" then
      theirs[#theirs + 1] = value
      ngx.header[name] = theirs
    else
      ngx.header[name] = { theirs, value }
    end
  end
end

return M
