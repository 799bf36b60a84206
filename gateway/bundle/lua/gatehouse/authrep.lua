-- Asks Gatehouse whether a call gets in; by the same step the call is counted.
local text = require("gatehouse.text")
local capture = ngx.location.capture
local concat, format, lower = table.concat, string.format, string.lower

local LOCATION = "/_gatehouse/authrep"
local ANSWER_TYPE = "application/vnd.3scale-v2.0+xml"
local LONGEST = 1024 -- bytes of a credential; no application has a longer one
local LONGEST_QUESTION = 7500 -- bytes; Gatehouse takes addresses of 8 KiB
local TOO_LONG = ("x"):rep(1025) -- no application has such a key

-- How the Service Management API's errors are called by the mounted proxy.
local CODES = {
  user_key_invalid = "application_not_found",
  not_valid_data = "application_not_found",
  service_not_active = "unknown_host",
  service_token_invalid = "unknown_host",
  service_id_invalid = "unknown_host",
  provider_key_invalid = "unknown_host",
}
local TOLD = { "ratelimit-policy", "ratelimit" }

local M = {}

local function query_of(config, call)
  local parts = { config.who }
  for index, credential in ipairs(call.credentials) do
    local name, value = credential[1], credential[2]
    if index == 2 and #value > LONGEST then
      value = TOO_LONG
    end
    parts[#parts + 1] = name .. "=" .. text.escape(value)
  end
  for metric, amount in pairs(call.usage) do
    parts[#parts + 1] = format("usage%%5B%s%%5D=%.0f", text.escape(metric), amount)
  end
  local question = concat(parts, "&")
  local referrer = call.headers.referer
  if referrer and referrer ~= "*" then -- which would let every call through
    local longer = question .. "&referrer=" .. text.escape(text.from_latin1(referrer))
    if #longer <= LONGEST_QUESTION then -- else it counts as none, which no filter lets through
      return longer
    end
  end
  return question
end

-- Gives a code, nil when the call gets in, and what the caller is told besides.
function M.ask(config, call)
  if #call.credentials[1][2] > LONGEST then
    return "application_not_found", {}
  end
  local answer = capture(LOCATION, { args = query_of(config, call) })
  local header, told = {}, {}
  for name, value in pairs(answer.header) do
    header[lower(name)] = value
  end
  for _, name in ipairs(TOLD) do
    told[#told + 1] = header[name] and { name, header[name] }
  end
  if lower(header["content-type"] or "") ~= ANSWER_TYPE or answer.truncated then
    ngx.log(ngx.ERR, "Gatehouse does not answer: status ", answer.status)
    return "counter_store_unavailable", {}
  end
  if answer.status == 200 then
    return nil, told
  end
  local code = header["x-gatehouse-error"] or "counter_store_unavailable"
  code = CODES[code] or code
  if code == "unknown_host" then
    ngx.log(ngx.ERR, "Gatehouse has no such service, or it is closed; else write the bundle anew")
  end
  return code, told, header["retry-after"]
end

return M
