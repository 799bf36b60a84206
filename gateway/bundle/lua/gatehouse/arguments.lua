-- The arguments of a call, as gateway/arguments.py reads them: for a rule the form comes before the
-- query and the last of a name counts, for a credential the query comes first and so does the first.
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

local function pairs_of(raw)
  local found = {}
  for pair in gmatch(raw, "[^&]+") do
    local name, value = pair:match("^([^=]*)=?(.*)$")
    found[#found + 1] = { decoded(name), decoded(value) }
  end
  return found
end

-- They are parsed when an argument is first asked for.
function M.of(query, form)
  return setmetatable({ raw_query = query, raw_form = form or "" }, M)
end

local function parsed(self)
  if not self.query then
    self.query, self.form = pairs_of(self.raw_query), pairs_of(self.raw_form)
  end
  return self.query, self.form
end

-- Finds an argument by its exact name, as rules read it.
function M:get(name)
  local query, form = parsed(self)
  for _, list in ipairs({ form, query }) do
    for index = #list, 1, -1 do
      if list[index][1] == name then
        return list[index][2]
      end
    end
  end
  return nil
end

local function first(list, name)
  local other
  for _, pair in ipairs(list) do
    if pair[1] == name then
      return pair[2]
    end
    if other == nil and lower(pair[1]) == name then
      other = pair[2]
    end
  end
  return other
end

-- Finds a credential by its lower-case name, however the caller spelled it.
function M:credential(name)
  local query, form = parsed(self)
  local value = first(query, name)
  if value == nil then
    value = first(form, name)
  end
  return value
end

return M
