-- Texts as bytes: percent-encoding and UTF-8. Pure.
local byte, char, find, format, gsub, sub =
  string.byte, string.char, string.find, string.format, string.gsub, string.sub

local M = {}

local function unescaped(hex)
  return char(tonumber(hex, 16))
end

local function escaped(each)
  return format("%%%02X", byte(each))
end

function M.unescape(text)
  return (gsub(text, "%%(%x%x)", unescaped))
end

-- Encodes all but what `set`, a class of Lua patterns that begins with ^, leaves as it is.
function M.escape_all_but(set, text)
  return (gsub(text, set, escaped))
end

function M.escape(text)
  return M.escape_all_but("[^A-Za-z0-9_.~-]", text)
end

local function as_two_bytes(each)
  local code = byte(each)
  return char(0xC0 + math.floor(code / 64), 0x80 + code % 64)
end

-- Writes ISO 8859-1, as which headers and raw query strings are read, in UTF-8.
function M.from_latin1(text)
  if not find(text, "[\128-\255]") then
    return text
  end
  return (gsub(text, "[\128-\255]", as_two_bytes))
end

-- How many bytes a character has by its first one, and the range of the second one.
local function shape_of(first)
  if first < 0x80 then return 1 end
  if first < 0xC2 then return nil end
  if first < 0xE0 then return 2, 0x80, 0xBF end
  if first < 0xF0 then
    return 3, first == 0xE0 and 0xA0 or 0x80, first == 0xED and 0x9F or 0xBF
  end
  if first < 0xF5 then
    return 4, first == 0xF0 and 0x90 or 0x80, first == 0xF4 and 0x8F or 0xBF
  end
  return nil
end

function M.is_utf8(text)
  local at = find(text, "[\128-\255]")
  while at and at <= #text do
    local length, low, high = shape_of(byte(text, at))
    if not length or at + length - 1 > #text then
      return false
    end
    if length > 1 then
      local second = byte(text, at + 1)
      if second < low or second > high then
        return false
      end
      if length > 2 and find(sub(text, at + 2, at + length - 1), "[^\128-\191]") then
        return false
      end
    end
    at = at + length
  end
  return true
end

return M
