-- Characters that a text font lacks are set in the first installed font of their script that has
-- them. Runs of Hebrew and Arabic are turned from right to left, Chinese may break between signs.

local glyph_id, glue_id = node.id("glyph"), node.id("glue")
local scripts = {}      -- { first, last, script } for each range
local fonts = {}        -- id of a font by file name, size and features; false when not installed

local right_to_left = { ["script=hebr"] = true, ["script=arab"] = true }

local cvtex = {}
