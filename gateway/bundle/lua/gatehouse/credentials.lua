-- Who is calling: credentials from where the service wants them, as gateway/credentials.py reads them.
local text = require("gatehouse.text")
local gsub, lower = string.gsub, string.lower

local M = {}

local function stripped(value)
  return value:match("^%s*(.-)%s*$")
end

-- Decodes Base64 strictly; `decode` alone takes what is not padded too.
local function decoded(value, decode)
  local is_strict = #value % 4 == 0 and value:find("^[A-Za-z0-9+/]*=?=?$")
  local plain = is_strict and decode(value)
  return plain and text.is_utf8(plain) and plain or nil
end

local function of_authorization(config, call)
  local scheme, rest = (call.headers.authorization or ""):match("^([^ ]*) ?(.*)$")
  local kind, value = lower(scheme), stripped(rest)
  if kind == "bearer" and config.backend_version == "1" and value ~= "" then
    return { { "user_key", text.from_latin1(value) } }
  end
  local plain = kind == "basic" and decoded(value, call.decode_base64)
  if not plain then
    return nil
  end
  local user, colon, password = plain:match("^([^:]*)(:?)(.*)$")
  if config.backend_version == "1" then
    return { { "user_key", user } }
  end
  return colon == ":" and { { "app_id", user }, { "app_key", password } } or nil
end

local function value_of(config, call, name)
  if config.location == "query" then
    return call.arguments:credential(name)
  end
  local value = call.headers[(gsub(name, "_", "-"))]
  return value and text.from_latin1(value)
end

-- Gives pairs of wire name and value, or nil when any part is missing. An empty value is present.
function M.of(config, call)
  if config.backend_version == "oauth" then
    return nil
  end
  if config.location == "authorization" then
    return of_authorization(config, call)
  end
  local found = {}
  for index, name in ipairs(config.names) do
    local value = value_of(config, call, name[2])
    if not value then
      return nil
    end
    found[index] = { name[1], value }
  end
  return found
end

return M
