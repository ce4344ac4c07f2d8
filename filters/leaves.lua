--[[
leaves.lua: what cites.lua and notes.lua share: the inlines of a paragraph seen as characters

This is no filter, but a module that the two load from their own folder. A *leaf* is an inline of
pandoc's syntax tree. With the +sourcepos extension pandoc puts each leaf into a Span with
wrapper="1" and a data-pos ("3:16-3:25", in a block quote also "3:16-3:25;4:5-4:30"; with a file's
name, "a.md@3:16-3:25"); without the extension a Str holds all characters between two spaces.
A `Run` hides that difference: one token a character.
]]

local leaves = {}

local Run = {}
Run.__index = Run
leaves.Run = Run -- so that a filter can add its grammar

local SPACE = { Space = true, SoftBreak = true }

-- Whether pandoc has put positions on these inlines. A Span that the author wrote holds wrappers
-- then, so that every Span with a single Str is a wrapper.
local function has_positions(inlines)
  for _, inline in ipairs(inlines) do
    if inline.t == "Span" then
      local attributes = inline.attributes
      return attributes.wrapper ~= nil or attributes["data-pos"] ~= nil
    end
  end
  return false
end

function leaves.wrapped(inline, position)
  return pandoc.Span({ inline }, pandoc.Attr("", {}, { wrapper = "1", ["data-pos"] = position }))
end

-- The number of columns of a position on one line.
local function width(position)
  local from, to = position:match("^[^;]-%d+:(%d+)%-%d+:(%d+)$")
  return from and to - from
end

-- The position of some characters of a leaf on one line.
local function part_of(position, first, last)
  local before, line, from = position:match("^([^;]-)(%d+):(%d+)%-")
  local start = math.tointeger(from) + first
  return ("%s%s:%d-%s:%d"):format(before, line, start, line, start + last - first)
end

-- From the start of one position to the end of another.
local function from_to(first, last)
  if first == "" or last == "" then return nil end
  return first:match("^([^;]-%d+:%d+)%-") .. "-" .. last:match("(%d+:%d+)$")
end

-- token.char: the character, nil where the inline is no text
-- token.leaf: the number of its inline; token.at: the character's number in it, 0-based
-- token.space: whether it is white space between words
-- token.kind: where there is no character, pandoc's name for the inline
local function tokenize(run)
  local tokens, inlines = {}, run.inlines
  for number = 1, #inlines do
    local core = run:core(number)
    local kind = core.t
    if kind == "Str" then
      local text = core.text
      if #text == 1 then
        tokens[#tokens + 1] = { char = text, leaf = number, at = 0 }
      else
        local at = 0
        for _, code in utf8.codes(text) do
          tokens[#tokens + 1] = { char = utf8.char(code), leaf = number, at = at }
          at = at + 1
        end
      end
      run.length[number] = utf8.len(text)
    elseif SPACE[kind] then
      tokens[#tokens + 1] = { char = " ", leaf = number, at = 0, space = true }
    else
      tokens[#tokens + 1] = { leaf = number, at = 0, kind = kind }
    end
  end
  return tokens
end

-- The inlines as characters.
function leaves.run(inlines)
  local run = { inlines = inlines, positions = has_positions(inlines), length = {}, cores = {} }
  setmetatable(run, Run)
  run.tokens = tokenize(run)
  return run
end

-- The inline of a leaf without its wrapper. A Span of the author's holds wrappers (or nothing, or
-- elements with attributes of their own), which tells it from a wrapper without a look at either's
-- attributes: those are slow to get.
function Run:core(number)
  local core = self.cores[number]
  if core then return core end
  core = self.inlines[number]
  if self.positions and core.t == "Span" then
    local inner = core.content[1]
    if inner and inner.t ~= "Span" then core = inner end
  end
  self.cores[number] = core
  return core
end

function Run:is_wrapped(number)
  return self.inlines[number].t == "Span" and self:core(number).t ~= "Span"
end

function Run:data_pos(number)
  local attributes = self.inlines[number].attributes
  return attributes and attributes["data-pos"] or ""
end

-- Whether a token is this character, and stands for itself: neither escaped nor an entity.
function Run:is(index, char)
  local token = self.tokens[index]
  return token ~= nil and token.char == char and not token.space and self:is_sign(token)
end

function Run:is_sign(token)
  if token.sign == nil then
    local position = self.positions and self:data_pos(token.leaf) or ""
    token.sign = position == "" or width(position) == self.length[token.leaf]
  end
  return token.sign
end

function Run:char(index)
  local token = self.tokens[index]
  return token and token.char
end

function Run:skip_spaces(index)
  while self.tokens[index] and self.tokens[index].space do index = index + 1 end
  return index
end

-- The token of the bracket that closes the one at `index`, or nil, and the places of the `;`
-- between them that stand in no inner bracket.
function Run:closing_bracket(index)
  local depth, semicolons = 0, {}
  for at = index, #self.tokens do
    local char = self.tokens[at].char
    if char == "[" and self:is(at, "[") then
      depth = depth + 1
    elseif char == "]" and self:is(at, "]") then
      depth = depth - 1
      if depth == 0 then return at, semicolons end
    elseif char == ";" and depth == 1 and self:is(at, ";") then
      semicolons[#semicolons + 1] = at
    end
  end
end

-- One inline of which only some characters are wanted.
function Run:piece(leaf, first, last)
  local length, inline = self.length[leaf], self.inlines[leaf]
  if not length or (first == 0 and last == length) then return inline end
  local core = self:core(leaf)
  local text = core.text
  local from = utf8.offset(text, first + 1)
  local to = last == length and #text or utf8.offset(text, last + 1) - 1
  local str = pandoc.Str(text:sub(from, to))
  if not self.positions then return str end
  local position = self:data_pos(leaf)
  if position ~= "" and width(position) == length then
    position = part_of(position, first, last)
  end
  return leaves.wrapped(str, position)
end

-- The inlines of the tokens from `first` up to, not including, `last`.
function Run:slice(first, last)
  local found, index = pandoc.Inlines({}), first
  while index < last do
    local token = self.tokens[index]
    local stop = index
    while stop + 1 < last and self.tokens[stop + 1].leaf == token.leaf do stop = stop + 1 end
    found[#found + 1] = self:piece(token.leaf, token.at, self.tokens[stop].at + 1)
    index = stop + 1
  end
  return found
end

-- Put an inline that stands for the tokens from `first` up to, not including, `after` into a
-- wrapper, if the others have theirs.
function Run:placed(inline, first, after)
  if not self.positions then return inline end
  local function of(token)
    local position = self:data_pos(token.leaf)
    if position == "" or width(position) ~= self.length[token.leaf] then return position end
    return part_of(position, token.at, token.at + 1)
  end
  local position = from_to(of(self.tokens[first]), of(self.tokens[after - 1]))
  return position and leaves.wrapped(inline, position) or inline
end

-- The inlines as readers without positions would have given them: no wrappers, words in one piece.
function leaves.bare(inlines)
  local joined = pandoc.Inlines({})
  for _, inline in ipairs(inlines:walk({
    Span = function(span)
      if span.attributes.wrapper then return span.content end
    end,
  })) do
    local last = joined[#joined]
    if inline.t == "Str" and last and last.t == "Str" then
      joined[#joined] = pandoc.Str(last.text .. inline.text)
    else
      joined[#joined + 1] = inline
    end
  end
  return joined
end

local HOLDS_PROSE = {
  Emph = true, Quoted = true, SmallCaps = true, Span = true, Strikeout = true, Strong = true,
  Subscript = true, Superscript = true, Underline = true,
}

-- Apply `change` (a function from a run to inlines, or nil for "as it was") to inlines, those inside
-- emphasis and the like first. Links are left alone: what is in brackets there is the author's.
local function rewrite(inlines, change)
  local run = leaves.run(inlines)
  for _, token in ipairs(run.tokens) do
    if HOLDS_PROSE[token.kind] then
      local core = run:core(token.leaf)
      core.content = rewrite(core.content, change)
      if run:is_wrapped(token.leaf) then
        local wrapper = run.inlines[token.leaf]
        wrapper.content = { core }
      end
    end
  end
  return change(run) or inlines
end

-- A filter that applies `change` to each paragraph whose text holds the character `mark`. Blocks
-- are asked first, since a look at every leaf costs more than the reading itself.
function leaves.filter(mark, change)
  local stringify = pandoc.utils.stringify
  local function of_block(block)
    if stringify(block):find(mark, 1, true) then
      block.content = rewrite(block.content, change)
      return block
    end
  end
  return {
    Para = of_block,
    Plain = of_block,
    Header = of_block,
    LineBlock = function(block)
      block.content = block.content:map(function(line) return rewrite(line, change) end)
      return block
    end,
    DefinitionList = function(list)
      list.content = list.content:map(function(item)
        return { rewrite(item[1], change), item[2] }
      end)
      return list
    end,
  }
end

return leaves
