-- Mapping rules: compiled once into a tree of path segments, matched for each call. Pure.
-- The same algorithm as gateway/rules.py; a segment of a rule is the list of literals around its
-- variables, so `a{x}` is {"a", ""} and `{x}` is {"", ""}.
local find, gmatch, sub = string.find, string.gmatch, string.sub
local concat, sort = table.concat, table.sort

local ANY = "ANY"

local M = {}

local function new_node()
  return { literals = {}, shapes = {}, wholes = {}, partials = {}, lengths = {} }
end

-- Tells whether a text has the literals in order, with something between each two of them.
-- Each literal is looked for as far left as it can be, so one pass decides.
local function fits(literals, text, whole)
  local first, count, size = literals[1], #literals, #text
  local at = #first
  if sub(text, 1, at) ~= first then
    return false
  end
  for index = 2, whole and count - 1 or count do
    local literal = literals[index]
    if at + 1 + #literal > size then
      return false
    end
    local _, stop = find(text, literal, at + 2, true)
    if not stop then
      return false
    end
    at = stop
  end
  if not whole then
    return true
  end
  local last = literals[count]
  local start = size - #last
  return start > at and sub(text, start + 1) == last
end

local function child(node, segment)
  local key = segment[1]
  if #segment == 1 then
    node.literals[key] = node.literals[key] or new_node()
    return node.literals[key]
  end
  if #segment == 2 and key == "" and segment[2] == "" then
    node.wild = node.wild or new_node()
    return node.wild
  end
  local name = concat(segment, "/")
  for _, shape in ipairs(node.shapes) do
    if shape.name == name then
      return shape.node
    end
  end
  local shape = { name = name, literals = segment, node = new_node() }
  node.shapes[#node.shapes + 1] = shape
  return shape.node
end

local function end_partially(node, segment, at)
  local head = segment[1]
  local here = node.partials[head]
  if not here then
    here = {}
    node.partials[head] = here
    node.lengths[#node.lengths + 1] = #head
  end
  here[#here + 1] = { at = at, literals = #segment > 1 and segment or nil }
end

local function insert(root, rule, at)
  local node, segments = root, rule.segments
  for index = 1, #segments - 1 do
    node = child(node, segments[index])
  end
  local last = segments[#segments]
  if rule.whole then
    node = child(node, last)
    node.wholes[#node.wholes + 1] = at
  else
    end_partially(node, last, at)
  end
end

-- Sorts the lengths of what partial rules begin with, once each, in all nodes.
local function finish(node)
  local lengths, seen = {}, {}
  for _, length in ipairs(node.lengths) do
    if not seen[length] then
      seen[length] = true
      lengths[#lengths + 1] = length
    end
  end
  sort(lengths)
  node.lengths = lengths
  for _, each in pairs(node.literals) do
    finish(each)
  end
  for _, shape in ipairs(node.shapes) do
    finish(shape.node)
  end
  if node.wild then
    finish(node.wild)
  end
end

local function tree(rules, method)
  local root = new_node()
  for at, rule in ipairs(rules) do
    if rule.method == method or rule.method == ANY then
      insert(root, rule, at)
    end
  end
  finish(root)
  return root
end

function M.compile(rules)
  local matcher = { rules = rules, roots = {}, any = tree(rules, ANY), needs_arguments = false }
  for _, rule in ipairs(rules) do
    if rule.method ~= ANY and not matcher.roots[rule.method] then
      matcher.roots[rule.method] = tree(rules, rule.method)
    end
    if #rule.parameters > 0 then
      matcher.needs_arguments = true
    end
  end
  return matcher
end

local function add_partly(found, node, segment)
  for _, length in ipairs(node.lengths) do
    if length > #segment then
      return
    end
    for _, rule in ipairs(node.partials[sub(segment, 1, length)] or {}) do
      if not rule.literals or fits(rule.literals, segment, false) then
        found[#found + 1] = rule.at
      end
    end
  end
end

local function add_behind(following, node, segment)
  local literal = node.literals[segment]
  if literal then
    following[#following + 1] = literal
  end
  if segment == "" then
    return
  end
  if node.wild then
    following[#following + 1] = node.wild
  end
  for _, shape in ipairs(node.shapes) do
    if fits(shape.literals, segment, true) then
      following[#following + 1] = shape.node
    end
  end
end

local function found_by(root, path)
  local nodes, found = { root }, {}
  for segment in gmatch(path, "/([^/]*)") do
    local following = {}
    for _, node in ipairs(nodes) do
      add_partly(found, node, segment)
      add_behind(following, node, segment)
    end
    nodes = following
    if #nodes == 0 then
      return found
    end
  end
  for _, node in ipairs(nodes) do
    for _, at in ipairs(node.wholes) do
      found[#found + 1] = at
    end
  end
  return found
end

local function hold(parameters, arguments)
  for _, parameter in ipairs(parameters) do
    local value = arguments:get(parameter[1])
    if value == nil or (parameter[2] and value ~= parameter[2]) then
      return false
    end
  end
  return true
end

-- Gives the rules that count a call, in order, and what they add up to by metric.
function M.match(matcher, method, path, arguments)
  local found = found_by(matcher.roots[method] or matcher.any, path)
  local matched, usage = {}, {}
  sort(found)
  for _, at in ipairs(found) do
    local rule = matcher.rules[at]
    if hold(rule.parameters, arguments) then
      matched[#matched + 1] = rule
      usage[rule.metric] = (usage[rule.metric] or 0) + rule.delta
      if rule.last then
        break
      end
    end
  end
  for metric, total in pairs(usage) do
    if total <= 0 then
      usage[metric] = nil
    end
  end
  return matched, usage
end

return M
