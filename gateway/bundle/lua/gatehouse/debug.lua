-- What a provider is shown about a call of their own, when it has the service's token.
local text = require("gatehouse.text")
local concat, format, gsub, sort = table.concat, string.format, string.gsub, table.sort

local M = {}

local function quoted(value)
  return (gsub(text.escape(value), "%%20", "+"))
end

local function patterns(rules)
  local list = {}
  for index, rule in ipairs(rules) do
    list[index] = rule.pattern
  end
  return concat(list, ", ")
end

local function credentials(pairs_of_call)
  local list = {}
  for index, each in ipairs(pairs_of_call) do
    list[index] = each[1] .. "=" .. quoted(each[2])
  end
  return concat(list, "&")
end

local function usage(usage_of_call)
  local names, list = {}, {}
  for name in pairs(usage_of_call) do
    names[#names + 1] = name
  end
  sort(names)
  for index, name in ipairs(names) do
    list[index] = format("%s=%.0f", text.escape("usage[" .. name .. "]"), usage_of_call[name])
  end
  return concat(list, "&")
end

-- Adds the debug headers to what the caller is told.
function M.add(config, call, told)
  local asked = call.headers["x-3scale-debug"]
  if #call.rules == 0 or config.token == "" or asked ~= config.token then
    return
  end
  for _, header in ipairs({
    { "x-3scale-matched-rules", patterns(call.rules) },
    { "x-3scale-credentials", credentials(call.credentials) },
    { "x-3scale-usage", usage(call.usage) },
    { "x-3scale-hostname", ngx.var.http_host or "" },
    { "x-3scale-service-id", tostring(config.service_id) },
    { "x-3scale-service-name", config.system_name },
  }) do
    if header[2] ~= "" then
      told[#told + 1] = header
    end
  end
end

return M
