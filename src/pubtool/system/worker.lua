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

-- What a Word file has for each image until its bytes are put in: a PNG's first eight bytes. No
-- image passes through here, and none is looked for on the disk or the network.
local STAND_IN = "\137PNG\r\n\26\n"

-- document -> the parts of a Word file as JSON text; pandoc's archive is binary and has a clock's time
local function write_parts(document, options, pictures)
  local known = {}
  pandoc.mediabag.empty()
  for _, name in ipairs(pictures) do
    known[name] = true
    pandoc.mediabag.insert(name, "image/png", STAND_IN)
  end
  document = document:walk {
    Image = function(image) if not known[image.src] then return image.caption end end,
  }
  local archive = pandoc.zip.Archive(pandoc.write(document, "docx", options))
  local parts = {}
  for _, entry in ipairs(archive.entries) do
    local text = entry.path:match("%.xml$") or entry.path:match("%.rels$")
    parts[entry.path] = text and entry:contents() or ""
  end
  return pandoc.json.encode(parts)
end

local function write(document, request)
  local options = request.options or {}
  if request.to == "docx" then
    return pandoc.json.encode(write_parts(document, options, request.pictures))
  end
  if request.template then
    options.template = pandoc.template.compile(request.template)
  end
  return pandoc.json.encode(pandoc.write(document, request.to, options))
end

-- ast, to, options, template -> text
function operations.render(request)
  return write(pandoc.read(request.ast, "json", {}, NO_FILES), request)
end

-- The names that citeproc finds the style and the entries under. As an address that holds the style,
-- it would have to take the address apart first, which costs more than reading what it says.
local STYLE, LIBRARY = "pubtool.csl", "pubtool.json"

-- ast, references (both JSON text), plain, csl -> syntax tree (already JSON)
function operations.cite(request)
  local document = pandoc.read(request.ast, "json", {}, NO_FILES)
  document.meta.csl = STYLE
  pandoc.mediabag.insert(STYLE, "application/xml", request.csl)
  if request.plain then
    document.meta.bibliography = LIBRARY
    pandoc.mediabag.insert(LIBRARY, "application/json", request.references)
  else
    local library = pandoc.read(request.references, "csljson", {}, NO_FILES)
    document.meta.references = library.meta.references
  end
  document = pandoc.utils.citeproc(document)
  local meta = document.meta
  meta.csl, meta.bibliography, meta.references = nil, nil, nil
  return pandoc.write(document, "json")
end

-- A style that sorts, and two entries for it.
local SORTING = [[<style xmlns="http://purl.org/net/xbiblio/csl" class="in-text" version="1.0">
<info><title/><id/></info><citation><layout><text variable="title"/></layout></citation>
<bibliography><sort><key variable="title"/></sort><layout><text variable="title"/></layout>
</bibliography></style>]]
local TWO = { { id = "a", type = "book", title = "A" }, { id = "b", type = "book", title = "B" } }

-- nothing -> nothing; citeproc makes the table by which Unicode sorts when it is first needed
function operations.warm_up()
  local cited = {}
  for i, entry in ipairs(TWO) do
    cited[i] = pandoc.Citation(entry.id, "NormalCitation")
  end
  local document = pandoc.Pandoc({ pandoc.Para { pandoc.Cite({}, cited) } })
  document.meta.references, document.meta.csl = TWO, STYLE
  pandoc.mediabag.insert(STYLE, "application/xml", SORTING)
  pandoc.utils.citeproc(document)
  return "null"
end

-- text, from, to, options, template -> text
function operations.convert(request)
  return write(pandoc.read(request.text, request.from, {}, NO_FILES), request)
end

for line in io.lines() do
  local request = pandoc.json.decode(line, false)
  local ok, value = pcall(operations[request.operation], request)
  if ok then
    value = value:find("\n", 1, true) and value:gsub("\n", " ") or value
    io.write('{"ok":true,"value":', value, "}\n")
  else
    io.write('{"ok":false,"error":', pandoc.json.encode(tostring(value)), "}\n")
  end
  io.flush()
end
