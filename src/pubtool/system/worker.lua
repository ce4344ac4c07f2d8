-- The program that system/pandoc.py runs as `pandoc lua worker.lua`: it answers requests,
-- one JSON object a line on standard input, with one line each on standard output, either
-- {"ok": true, "value": ...} or {"ok": false, "error": "..."}.
--
-- Every read is sandboxed: the list of files that pandoc.read may see is empty.

local NO_FILES = {}
local operations = {}

-- text, format -> syntax tree (already JSON)
function operations.parse(request)
  local document = pandoc.read(request.text, request.format, {}, NO_FILES)
  document.meta = {}
  return pandoc.write(document, "json")
end

local function write(document, request)
  local options = request.options or {}
  if request.template then
    options.template = pandoc.template.compile(request.template)
  end
  return pandoc.json.encode(pandoc.write(document, request.to, options))
end

-- ast, references (both JSON text), csl, to, options, template -> text
function operations.render(request)
  local document = pandoc.read(request.ast, "json", {}, NO_FILES)
  if request.references then
    local library = pandoc.read(request.references, "csljson", {}, NO_FILES)
    document.meta.references = library.meta.references
    document.meta.csl = request.csl
    document = pandoc.utils.citeproc(document)
    document.meta.references, document.meta.csl = nil, nil
  end
  return write(document, request)
end

-- text, from, to, options, template -> text
function operations.convert(request)
  return write(pandoc.read(request.text, request.from, {}, NO_FILES), request)
end

for line in io.lines() do
  local request = pandoc.json.decode(line, false)
  local ok, value = pcall(operations[request.operation], request)
  if ok then
    io.write('{"ok":true,"value":', (value:gsub("\n", " ")), "}\n")
  else
    io.write('{"ok":false,"error":', pandoc.json.encode(tostring(value)), "}\n")
  end
  io.flush()
end
