-- The arguments of a call: of its query string and, for forms, of its body; the last of a name counts.
local text = require("gatehouse.text")
local find, gmatch, gsub, lower = string.find, string.gmatch, string.gsub, string.lower

local M = {}
M.__index = M

local function decoded(part)
  part = text.from_latin1(part)
  if find(part, "[%%+]") then
    part = text.unescape((gsub(part, "+", " ")))
  end
  return part
end

-- Parses one text after the other; they are parsed when an argument is first asked for.
function M.of(...)
  return setmetatable({ raw = { ... } }, M)
end

local function parsed(self)
  if self.values then
    return self.values
  end
  local values, names = {}, {}
  for _, raw in ipairs(self.raw) do
    for pair in gmatch(raw, "[^&]+") do
      local name, value = pair:match("^([^=]*)=?(.*)$")
      name = decoded(name)
      if values[name] == nil then
        names[#names + 1] = name
      end
      values[name] = decoded(value)
    end
  end
  self.values, self.names = values, names
  return values
end

function M:get(name)
  return parsed(self)[name]
end

-- Finds an argument by a lower-case name, however the caller spelled it.
function M:get_any_case(name)
  local values = parsed(self)
  if values[name] ~= nil then
    return values[name]
  end
  for _, spelled in ipairs(self.names) do
    if lower(spelled) == name then
      return values[spelled]
    end
  end
  return nil
end

return M
