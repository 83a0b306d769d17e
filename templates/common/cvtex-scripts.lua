-- Characters that a text font lacks are set in the first installed font of their script that has
-- them. Runs of Hebrew and Arabic are set from right to left; Chinese may break between signs.

local glyph_id, glue_id = node.id("glyph"), node.id("glue")
local scripts = {}   -- { name, features, ranges, fonts }
local loaded = {}    -- font id by file, features and size; false when not installed

-- Greek is always looked up: a text font has its plain letters at best.
local always = { { 0x370, 0x3FF }, { 0x1F00, 0x1FFF } }
local breakable = { han = true, kana = true, hangul = true }
local right_to_left = { hebrew = true, arabic = true }

local function within(char, ranges)
  for _, range in ipairs(ranges) do
    if char >= range[1] and char <= range[2] then return true end
  end
end

-- Letters and digits end a run of Hebrew; signs between two words do not.
local function neutral(char)
  return char < 0x30 or (char > 0x39 and char < 0x41) or (char > 0x5A and char < 0x61)
    or (char > 0x7A and char < 0xC0) or (char >= 0x2000 and char < 0x2070)
end

local function script_of(char)
  for _, script in ipairs(scripts) do
    if within(char, script.ranges) then return script end
  end
end

local function load(file, features, size)
  local key = file .. features .. size
  if loaded[key] == nil then
    local found = kpse.find_file(file, "opentype fonts") or kpse.find_file(file, "truetype fonts")
    local data = found and luaotfload.define_font("[" .. file .. "]:" .. features, size)
    loaded[key] = type(data) == "table" and font.define(data) or data or false
  end
  return loaded[key]
end

-- The file for the style of a text font: regular, bold, italic or bold italic.
local function styled(files, name)
  local bold, italic = name:find("Bold"), name:find("Italic") or name:find("It%f[%A]")
  return files[1 + (bold and 1 or 0) + (italic and 2 or 0)] or files[bold and 2 or 1] or files[1]
end

local function substitute(glyph, script)
  local old = font.getfont(glyph.font)
  for _, files in ipairs(script.fonts) do
    local id = load(styled(files, old.fontname or ""), script.features, old.size)
    local new = id and font.getfont(id)
    if new and new.characters[glyph.char] then
      glyph.font = id
      return true
    end
  end
end

local function direction(sign)
  local dir = node.new("dir")
  dir.dir = sign .. "TRT"
  return dir
end

local function allow_break(head, glyph)
  local glue = node.new(glue_id)
  glue.stretch = 0.05 * font.getfont(glyph.font).size
  return node.insert_before(head, glyph, glue)
end

local function process(head)
  local last            -- the script of the glyph before
  local first, final    -- ends of a run from right to left; spaces within belong to it
  local function close()
    if first then
      head = node.insert_before(head, first, direction("+"))
      node.insert_after(head, final, direction("-"))
      first = nil
    end
  end
  for n in node.traverse(head) do
    if n.id == glyph_id then
      local known = font.getfont(n.font)
      local missing = known and known.characters and not known.characters[n.char]
      local script = (missing or within(n.char, always)) and script_of(n.char)
      if script then substitute(n, script) end
      local name = script and script.name
      if right_to_left[name] then
        first, final = first or n, n
      elseif not neutral(n.char) then
        close()
      end
      if breakable[name] and breakable[last] then head = allow_break(head, n) end
      last = name
    elseif n.id ~= glue_id then
      last = nil
      if n.id ~= node.id("kern") then close() end
    end
  end
  close()
  return head
end

luatexbase.add_to_callback("pre_shaping_filter", process, "cvtex.scripts")

local cvtex = {}

function cvtex.script(name, features, ranges, fonts)
  local script = { name = name, ranges = {}, fonts = {} }
  script.features = features == "" and "mode=node" or "mode=harf;" .. features
  for first, last in ranges:gmatch("(%x+)%-(%x+)") do
    table.insert(script.ranges, { tonumber(first, 16), tonumber(last, 16) })
  end
  for files in fonts:gmatch("[^,]+") do
    table.insert(script.fonts, files:explode("/"))
  end
  table.insert(scripts, script)
end

return cvtex
