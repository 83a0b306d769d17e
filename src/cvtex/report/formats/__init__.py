"""How findings are shown: one file a format, each with a function `render`."""
