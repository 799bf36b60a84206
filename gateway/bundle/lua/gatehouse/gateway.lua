-- The gateway of one service in one environment: what nginx calls in each phase.
local arguments = require("gatehouse.arguments")
local authrep = require("gatehouse.authrep")
local cjson = require("cjson.safe")
local credentials = require("gatehouse.credentials")
local debug_headers = require("gatehouse.debug")
local headers = require("gatehouse.headers")
local paths = require("gatehouse.paths")
local rules = require("gatehouse.rules")

local HEALTHZ = "/_threescale/healthz"
local FORM = "application/x-www-form-urlencoded"
local BODILESS = { [204] = true, [205] = true, [304] = true }
local PLAIN = "text/plain; charset=utf-8"

local M = {}
local config
local matcher

-- Reads the configuration; nginx does not start with one that can't be read.
function M.init(file)
  local handle = assert(io.open(file, "rb"))
  config = assert(cjson.decode(handle:read("*a")))
  handle:close()
  matcher = rules.compile(config.rules)
  for _, route in ipairs(config.routes) do
    route.matcher = rules.compile(route.rules)
  end
end

-- Answers and ends the call.
local function answer(status, code, content_type, body, told)
  if BODILESS[status] then
    body = ""
  end
  ngx.status = status
  ngx.header["Content-Type"] = content_type
  ngx.header["Content-Length"] = #body
  ngx.header["X-Gatehouse-Error"] = code
  for _, header in ipairs(told or {}) do
    ngx.header[header[1]] = header[2]
  end
  ngx.print(body)
  return ngx.exit(ngx.HTTP_OK)
end

local function fault(code)
  local reply = config.faults[code]
  if string.find(ngx.var.http_accept or "", "json", 1, true) then
    return answer(reply.status, code, "application/json", reply.json)
  end
  return answer(reply.status, code, PLAIN, reply.text)
end

-- Refuses in the words of the service; what has no words of its own is a failed authentication.
local function refuse(code, told)
  if config.faults[code] then
    return fault(code)
  end
  local own = config.own[code]
  if own then
    return answer(own.status, code, PLAIN, own.body, told)
  end
  local words = config.refusals[code] or config.refusals.auth_failed
  return answer(words.status, code, words.content_type, words.body, told)
end

local function has_form(call)
  local kind = ((call.headers["content-type"] or "") .. ";"):match("^%s*(.-)%s*;")
  return config.form_methods[call.method] and kind:lower() == FORM
end

-- Reads what the query may lack from a form. Gives a code for one that is larger than the bound.
local function read_form(call)
  local lacking = not call.credentials and config.location == "query"
  if not (lacking or call.matcher.needs_arguments) or not has_form(call) then
    return nil
  end
  if tonumber(call.headers["content-length"] or 0) > config.most_form_bytes then
    return "form_too_large"
  end
  if ngx.var.gatehouse_reads_form == "0" then
    return ngx.exec("@form") -- where nginx reads no more than the bound, whatever is told
  end
  ngx.req.read_body()
  call.arguments = arguments.of(call.query, ngx.req.get_body_data())
  call.credentials = credentials.of(config, call)
  return nil
end

local function call_of(path, query)
  local call = {
    path = path,
    query = query,
    method = ngx.req.get_method(),
    arguments = arguments.of(query),
    decode_base64 = ngx.decode_base64,
  }
  call.headers, call.raw_headers = headers.of_request()
  call.hops = headers.hops_of(rawget(call.raw_headers, "x-gatehouse-hops"))
  call.credentials = credentials.of(config, call)
  return call
end

-- Finds where a call goes by the path that its rules see; the longest path comes first.
local function route(call, seen)
  call.matcher, call.upstream, call.mounted = matcher, config.upstream, 0
  for _, each in ipairs(config.routes) do
    if seen == each.mount or seen:sub(1, #each.mount + 1) == each.mount .. "/" then
      call.matcher, call.upstream, call.mounted = each.matcher, each.upstream, each.segments
      return
    end
  end
end

local function send_on(call, told)
  local upstream = call.upstream
  if not upstream then
    return refuse("no_upstream", told)
  end
  local path = paths.behind(call.path, call.mounted)
  if upstream.path ~= "" then
    path = path == "/" and upstream.path or upstream.path .. path
  end
  local query = upstream.query ~= "" and upstream.query or call.query
  query = query:gsub("[%z\1-\32\127]", function(each) return ("%%%02X"):format(each:byte()) end)
  ngx.var.gatehouse_uri = query ~= "" and path .. "?" .. query or path
  ngx.var.gatehouse_host = upstream.host
  if next(config.routes) then
    ngx.var.gatehouse_scheme = upstream.scheme
    ngx.var.gatehouse_pool = upstream.pool
    ngx.var.gatehouse_name = upstream.name
  end
  ngx.var.gatehouse_secret = config.secret_token
  ngx.var.gatehouse_hops = call.hops + 1
  headers.clean_request(config, call.raw_headers)
  ngx.ctx.told = told
end

-- Lets a call pass on to the upstream, or answers why not.
function M.access()
  local raw_path, query = paths.split(ngx.var.request_uri)
  if raw_path == HEALTHZ then
    return answer(200, "ok", PLAIN, "")
  end
  local path, rule = paths.normalise(raw_path)
  rule = rule or paths.find_ambiguity(path, config.ambiguous_paths)
  if rule then
    return answer(400, "bad_path", PLAIN, rule .. "\n")
  end
  local call = call_of(path, query)
  if call.hops >= config.most_hops then
    return answer(config.loop.status, "loop_detected", PLAIN, config.loop.body)
  end
  local seen = paths.for_rules(path, config.ambiguous_paths)
  route(call, seen)
  local too_large = read_form(call)
  if too_large then
    return refuse(too_large)
  end
  if not call.credentials then
    return refuse("auth_missing")
  end
  call.rules, call.usage = rules.match(call.matcher, call.method, seen, call.arguments)
  local told, code, retry_after = {}, "no_match", nil
  if next(call.usage) then
    code, told, retry_after = authrep.ask(config, call)
  end
  debug_headers.add(config, call, told)
  if not code then
    return send_on(call, told)
  end
  if retry_after then
    told[#told + 1] = { "retry-after", retry_after }
  end
  return refuse(code, told)
end

-- Finishes an answer; one that would break the framing towards the caller is a failure instead.
function M.header_filter()
  local status = tonumber((ngx.var.upstream_status or ""):match("(%d+)%D*$"))
  if not status or (status >= 200 and status < 600) then
    return headers.finish_answer(config, ngx.ctx.told)
  end
  local reply = config.faults.upstream_failed
  local is_json = string.find(ngx.var.http_accept or "", "json", 1, true)
  for name in pairs(ngx.resp.get_headers(0)) do
    ngx.header[name] = nil
  end
  ngx.status = reply.status
  ngx.header["Content-Type"] = is_json and "application/json" or PLAIN
  ngx.header["X-Gatehouse-Error"] = "upstream_failed"
  ngx.ctx.instead = is_json and reply.json or reply.text
  ngx.header["Content-Length"] = #ngx.ctx.instead
end

function M.body_filter()
  local instead = ngx.ctx.instead
  if instead then
    ngx.arg[1] = not ngx.ctx.has_said and instead or nil
    ngx.arg[2] = true
    ngx.ctx.has_said = true
  end
end

-- Answers for an upstream that failed before its answer began.
function M.unreachable()
  local connected = (ngx.var.upstream_connect_time or "-"):match("([%d.]+)$")
  return fault(connected and "upstream_failed" or "upstream_unreachable")
end

function M.late()
  return fault("upstream_timeout")
end

function M.broken()
  return fault("gateway_fault")
end

function M.too_large()
  return refuse("form_too_large")
end

-- Answers what nginx could not read, with the rule that the path breaks if it is the path.
function M.bad_request()
  local target = (ngx.var.request or ""):match("^%S+%s+(%S+)")
  local _, rule = paths.normalise((paths.split(target or "/")))
  if rule then
    return answer(400, "bad_path", PLAIN, rule .. "\n")
  end
  return answer(400, "bad_request", PLAIN, "The request cannot be read.\n")
end

return M
