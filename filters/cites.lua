--[[
cites.lua: pandoc citations for commonmark_x

pandoc's CommonMark readers have no citations. This filter finds them in the text and makes the
nodes that `-f markdown` makes, so that citeproc and every writer can use them:

    pandoc -f commonmark_x -L filters/cites.lua --citeproc --bibliography references.bib post.md

The order matters: the filter before --citeproc. With inline notes too, notes.lua comes first.

What it knows (the syntax of the pandoc manual, section "Citations"):

    [@key]   [see @key, p. 3]   [-@key]   [@a, p. 3; see *also* @b]   [@{odd key}]
    @key     @key [p. 3]        -@key     @key [p. 3; @b]

A key is letters, digits and `_`, and inside it single `:.#$%&-+?<>~/`; anything but white space may
stand in braces. As in pandoc, `@` straight behind a letter, a digit or a full stop begins no
citation (me@example.org). Code, links and mathematics are not touched.

With +sourcepos each citation is put into a Span with wrapper="1" and a data-pos from its first to
its last character, as pandoc does with every other leaf; prefix and suffix carry no positions.

Limits. Without +sourcepos a reader does not tell \@key from @key: both become a citation. Markup
is recognised before citations are: a key with an emphasised part (@{a*b*c}) is not found. The space
behind "p." stays a space (`-f markdown` makes it a no-break space).
]]

local folder = debug.getinfo(1, "S").source:match("^@(.*[/\\])") or ""
local leaves = dofile(folder .. "leaves.lua")
local bare = leaves.bare

-- Characters -------------------------------------------------------------------------------------

-- Blocks of Unicode beyond ASCII that hold no letters and no digits.
local SIGNS = {
  { 0x80, 0xA9 }, { 0xAB, 0xB1 }, { 0xB4, 0xB4 }, { 0xB6, 0xB8 }, { 0xBB, 0xBB }, { 0xBF, 0xBF },
  { 0xD7, 0xD7 }, { 0xF7, 0xF7 }, { 0x300, 0x36F }, { 0x2000, 0x206F }, { 0x20A0, 0x20FF },
  { 0x2190, 0x245F }, { 0x2500, 0x2775 }, { 0x2794, 0x2BFF }, { 0x2E00, 0x2E7F },
  { 0x3000, 0x3004 }, { 0x3008, 0x3020 }, { 0xE000, 0xF8FF }, { 0xFE10, 0xFE6F },
  { 0xFF01, 0xFF0F }, { 0xFF1A, 0xFF20 }, { 0xFF3B, 0xFF40 }, { 0xFF5B, 0xFF65 },
  { 0xFFE0, 0xFFFF }, { 0x1F000, 0x1FAFF },
}

local function is_word(char)
  if not char then return false end
  if #char == 1 then return char:match("%w") ~= nil end
  local code = utf8.codepoint(char)
  for _, block in ipairs(SIGNS) do
    if code >= block[1] and code <= block[2] then return false end
  end
  return true
end

local function is_key_char(char)
  return char == "_" or is_word(char)
end

-- The grammar (Text.Pandoc.Parsing.Citations and Text.Pandoc.Readers.Markdown) ------------------

local INNER = ":.#$%&-+?<>~/"
local PLAIN_AGAIN = { ["–"] = "--", ["—"] = "---", ["…"] = "...", ["’"] = "'", ["‘"] = "'" }

local Run = leaves.Run

function Run:braced_key(index)
  local depth, key = 0, {}
  for at = index, #self.tokens do
    local token = self.tokens[at]
    if not token.char or token.space then return nil end
    if token.char == "{" then depth = depth + 1 end
    if token.char == "}" then depth = depth - 1 end
    if depth == 0 then return table.concat(key, "", 2), at + 1 end
    key[#key + 1] = PLAIN_AGAIN[token.char] and not self:is_sign(token) and PLAIN_AGAIN[token.char] or token.char
  end
end

function Run:simple_key(index)
  local first = self:char(index)
  if not first or not (is_key_char(first) or first == "*") then return nil end
  local key, at = { first }, index + 1
  while self.tokens[at] do
    local token, char, following = self.tokens[at], self:char(at), self:char(at + 1)
    if not char or token.space then break end
    local inner = INNER:find(char, 1, true) and self:is_sign(token)
    local slash = (char == ":" or char == "/") and following == "/"
    if not is_key_char(char) and not (inner and (is_key_char(following) or slash)) then break end
    key[#key + 1] = char
    at = at + 1
  end
  return table.concat(key), at
end

-- Whether what stands before `index` is a word that a citation cannot follow at once.
function Run:after_word(index)
  local before = self.tokens[index - 1]
  if not before then return false end
  if not before.char then return before.kind ~= "RawInline" and before.kind ~= "LineBreak" end
  return before.char == "." or is_word(before.char)
end

-- {key, suppress, first token, next token} of the key at `index`, or nil
function Run:cite_key(index)
  local suppress = self:is(index, "-")
  local at = suppress and index + 1 or index
  if not self:is(at, "@") or self:after_word(index) then return nil end
  local read = self:is(at + 1, "{") and self.braced_key or self.simple_key
  local key, after = read(self, at + 1)
  if not key or key == "" then return nil end
  return { key = key, suppress = suppress, first = index, after = after }
end

function Run:trim(first, last)
  first = self:skip_spaces(first)
  while last > first and self.tokens[last - 1].space do last = last - 1 end
  return first, last
end

local cite_all -- defined below: citations inside a suffix

function Run:suffix(first, last)
  local spaced = self.tokens[first] and self.tokens[first].space
  local from, to = self:trim(first, last)
  if from >= to then return pandoc.Inlines({}) end
  local inner = self:slice(from, to)
  local found = bare(cite_all(leaves.run(inner)) or inner)
  if spaced then found:insert(1, pandoc.Space()) end
  return found
end

-- One citation of a bracketed list, the tokens from `first` up to `last`.
function Run:citation(first, last)
  local depth = 0
  for at = first, last - 1 do
    local found = depth == 0 and self:cite_key(at)
    if found and found.after <= last then
      local from, to = self:trim(first, found.first)
      local mode = found.suppress and "SuppressAuthor" or "NormalCitation"
      local prefix = bare(self:slice(from, to))
      return pandoc.Citation(found.key, mode, prefix, self:suffix(found.after, last))
    end
    if self:is(at, "[") then depth = depth + 1 end
    if self:is(at, "]") then depth = depth - 1 end
  end
end

-- The citations between two tokens, split at the semicolons; nil if one of them has no key.
function Run:citation_list(first, last, semicolons)
  local list, from = {}, first
  for number = 1, #semicolons + 1 do
    local to = semicolons[number] or last
    local citation = self:citation(from, to)
    if not citation then return nil end
    list[#list + 1] = citation
    from = to + 1
  end
  return list
end

-- [@key, ...]: its citations and the next token
function Run:bracketed(index)
  if not self:is(index, "[") or self:is(index + 1, "^") then return nil end
  local close, semicolons = self:closing_bracket(index)
  if not close then return nil end
  if self:is(close + 1, "[") and self:closing_bracket(close + 1) then return nil end
  local list = self:citation_list(index + 1, close, semicolons)
  if list then return list, close + 1 end
end

-- [p. 3] or [p. 3; @b] behind a key in the text: its suffix, further citations, the next token
function Run:bare_locator(index)
  if not self:is(index, "[") or self:is(index + 1, "^") then return nil end
  local close, semicolons = self:closing_bracket(index)
  if not close or self:is(close + 1, "[") or self:is(close + 1, "(") then return nil end
  local first_end = table.remove(semicolons, 1) or close
  local rest = {}
  if first_end < close then
    rest = self:citation_list(first_end + 1, close, semicolons)
    if not rest then return nil end
  end
  return self:suffix(index + 1, first_end), rest, close + 1
end

-- @key, @key [p. 3]: its citations and the next token
function Run:in_text(index)
  local found = self:cite_key(index)
  if not found then return nil end
  local mode = found.suppress and "SuppressAuthor" or "AuthorInText"
  local bracket = self:skip_spaces(found.after)
  local rest, after = self:bracketed(bracket)
  local suffix = pandoc.Inlines({})
  if not rest then
    suffix, rest, after = self:bare_locator(bracket)
  end
  local citations = { pandoc.Citation(found.key, mode, {}, suffix or {}) }
  for _, citation in ipairs(rest or {}) do citations[#citations + 1] = citation end
  return citations, after or found.after
end

-- Putting the nodes in ----------------------------------------------------------------------------

local found_any = false

function Run:cite(citations, first, after)
  return self:placed(pandoc.Cite(bare(self:slice(first, after)), citations), first, after)
end

-- Where a citation may begin: `[`, `@`, or `-` before `@`.
local BEGINS = { ["["] = true, ["@"] = true, ["-"] = true }

function cite_all(run)
  local found, index, kept = pandoc.Inlines({}), 1, 1
  while run.tokens[index] do
    local citations, after
    if BEGINS[run:char(index)] then
      citations, after = run:bracketed(index)
      if not citations then
        citations, after = run:in_text(index)
      end
    end
    if citations then
      found:extend(run:slice(kept, index))
      found[#found + 1] = run:cite(citations, index, after)
      index, kept = after, after
    else
      index = index + 1
    end
  end
  if kept == 1 then return nil end
  found_any = true
  found:extend(run:slice(kept, #run.tokens + 1))
  return found
end

-- citeproc wants to know which note a citation is in; in the text each citation counts as one.
local function numbering()
  local number = 0
  local function give(cite)
    local citations = cite.citations
    for _, citation in ipairs(citations) do citation.note_num = number end
    cite.citations = citations
    return cite
  end
  return {
    traverse = "topdown",
    Note = function(note)
      number = number + 1
      note.content = note.content:walk({ Cite = give })
      return note, false
    end,
    Cite = function(cite)
      number = number + 1
      return give(cite), false
    end,
  }
end

return {
  leaves.filter("@", cite_all),
  {
    Pandoc = function(document)
      if found_any then
        found_any = false
        return document:walk(numbering())
      end
    end,
  },
}
