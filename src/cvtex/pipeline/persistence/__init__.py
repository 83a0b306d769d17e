"""Records of earlier runs, and outputs written completely or not at all."""
