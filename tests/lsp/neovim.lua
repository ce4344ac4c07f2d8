-- Opens a post in Neovim with the server attached, does what a writer would, and prints what it saw.
local root, post = vim.fn.getcwd(), vim.env.POST
local seen = {}

local function wait(what, condition)
  if not vim.wait(30000, condition, 50) then
    error("waited in vain for " .. what)
  end
end

local function ask(method, params)
  local answers = vim.lsp.buf_request_sync(0, method, params, 30000)
  for _, answer in pairs(answers or {}) do
    return answer.result
  end
end

vim.cmd("edit " .. post)
local id = vim.lsp.start_client({ name = "pubtool", cmd = { vim.env.PYTHON, "-m", "pubtool", "lsp" }, root_dir = root })
vim.lsp.buf_attach_client(0, id)
wait("diagnostics", function() return #vim.diagnostic.get(0) > 0 end)
for _, found in ipairs(vim.diagnostic.get(0)) do
  table.insert(seen, found.code .. " at line " .. (found.lnum + 1))
end

local line = vim.fn.search("habit")
vim.fn.cursor(line, vim.fn.match(vim.fn.getline(line), "habit") + 1)
local here = vim.lsp.util.make_position_params(0, "utf-16")
seen.hover = ask("textDocument/hover", here).contents.value
seen.definition = vim.fn.fnamemodify(vim.uri_to_fname(ask("textDocument/definition", here).uri), ":.")
seen.lens = ask("textDocument/codeLens", { textDocument = here.textDocument })[1].command.title

local range = vim.lsp.util.make_range_params(0, "utf-16")
range.context = { diagnostics = vim.lsp.diagnostic.get_line_diagnostics() }
for _, action in ipairs(ask("textDocument/codeAction", range)) do
  if action.isPreferred then
    vim.lsp.util.apply_workspace_edit(action.edit, "utf-16")
    break
  end
end
wait("the fix to be seen", function()
  for _, found in ipairs(vim.diagnostic.get(0)) do
    if found.code == "Q101" then return false end
  end
  return true
end)
seen.fixed = vim.fn.getline(line)

vim.fn.append(line, "See [@prac")
vim.fn.cursor(line + 1, 10)
vim.wait(200)
local there = vim.lsp.util.make_position_params(0, "utf-16")
there.position.character = 10
local offered = ask("textDocument/completion", there)
seen.completion = (offered.items or offered)[1].label

io.stdout:write(vim.fn.json_encode({ found = { unpack(seen) }, hover = seen.hover, definition = seen.definition,
  lens = seen.lens, fixed = seen.fixed, completion = seen.completion }))
vim.cmd("qa!")
