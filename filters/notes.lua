--[[
notes.lua: inline notes for commonmark_x

pandoc's CommonMark readers know notes by reference ([^1]), but not inline notes. This filter makes
a note of `^[…]`, as `-f markdown` does:

    pandoc -f commonmark_x -L filters/notes.lua post.md

What stands in the brackets is one paragraph and may hold anything that a paragraph may: quotations,
emphasis, links, further brackets (as long as they balance) and citations (run cites.lua after this
filter). Code, links and mathematics are not touched, and `\^[` begins no note where positions are
known.

A caret also begins a superscript in commonmark_x, so that `a^[one] b^[two]` is read as a
superscript "[one] b" before a filter sees it. A superscript that begins with a bracket is therefore
taken apart again, and loose carets round a word (3^rd^) are then put together to a superscript.

With +sourcepos the note is put into a Span with wrapper="1" and a data-pos from `^` to `]`, and
what is inside keeps its own positions.

Limits. Without +sourcepos a reader does not tell \^[ from ^[: both begin a note. Emphasis or
quotation marks that begin inside the brackets and end outside hide the closing bracket. A note by
reference straight behind an inline note (^[one][^1]) is swallowed by such a superscript: put a
space between.
]]

local folder = debug.getinfo(1, "S").source:match("^@(.*[/\\])") or ""
local leaves = dofile(folder .. "leaves.lua")
local Run = leaves.Run

-- The positions of a superscript's two carets.
local function carets(position)
  local before, line, column = position:match("^([^;]-)(%d+):(%d+)%-")
  local last_line, last_column = position:match("(%d+):(%d+)$")
  if not before then return "", "" end
  column, last_column = math.tointeger(column), math.tointeger(last_column)
  local opening = ("%s%s:%d-%s:%d"):format(before, line, column, line, column + 1)
  local closing = ("%s%s:%d-%s:%d"):format(before, last_line, last_column - 1, last_line, last_column)
  return opening, closing
end

-- The inlines with each superscript that begins with a bracket taken apart; nil if there is none.
local function without_false_superscripts(run)
  local found, changed = pandoc.Inlines({}), false
  for number, inline in ipairs(run.inlines) do
    local core = run:core(number)
    local inner = core.t == "Superscript" and core.content
    local text = inner and pandoc.utils.stringify(inner)
    if text and text:sub(1, 1) == "[" then
      changed = true
      local opening, closing = pandoc.Str("^"), pandoc.Str("^")
      if run.positions then
        local first, last = carets(run:data_pos(number))
        opening, closing = leaves.wrapped(opening, first), leaves.wrapped(closing, last)
      end
      found[#found + 1] = opening
      found:extend(inner)
      found[#found + 1] = closing
    else
      found[#found + 1] = inline
    end
  end
  return changed and found or nil
end

-- The token of the caret that closes a superscript at `index`: one word, no brackets.
function Run:closing_caret(index, last)
  for at = index + 1, last - 1 do
    local token = self.tokens[at]
    if token.space or token.char == "[" or token.char == "]" then return nil end
    if self:is(at, "^") then return at > index + 1 and at or nil end
  end
end

-- The superscript that begins at `index` and the token after it, or nil.
function Run:superscript(index, last)
  local close = self:is(index, "^") and self:closing_caret(index, last)
  if not close then return nil end
  local superscript = pandoc.Superscript(self:slice(index + 1, close))
  return self:placed(superscript, index, close + 1), close + 1
end

-- The inlines from `first` up to `last` with their notes, and with superscripts if carets have come
-- loose; nil if that changes nothing.
function Run:content(first, last, loose)
  local found, index, kept = pandoc.Inlines({}), first, first
  while index < last do
    local inline, after
    if self:char(index) == "^" then
      inline, after = self:note(index)
      if not inline and loose then
        inline, after = self:superscript(index, last)
      end
    end
    if inline then
      found:extend(self:slice(kept, index))
      found[#found + 1] = inline
      index, kept = after, after
    else
      index = index + 1
    end
  end
  if kept == first and not loose then return nil end
  found:extend(self:slice(kept, last))
  return found
end

-- The note that begins at `index` and the token after it, or nil.
function Run:note(index)
  if not self:is(index, "^") or not self:is(index + 1, "[") then return nil end
  local close = self:closing_bracket(index + 1)
  if not close then return nil end
  local first, last = self:skip_spaces(index + 2), close
  while last > first and self.tokens[last - 1].space do last = last - 1 end
  local note = pandoc.Note({ pandoc.Para(self:content(first, last, true)) })
  return self:placed(note, index, close + 1), close + 1
end

local function note_all(run)
  local apart = without_false_superscripts(run)
  if apart then run = leaves.run(apart) end
  return run:content(1, #run.tokens + 1, apart ~= nil)
end

return { leaves.filter("[", note_all) }
