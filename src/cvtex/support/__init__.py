"""Services that any stage may use: cache, codec, processes, scratch folders, signals, patterns."""
