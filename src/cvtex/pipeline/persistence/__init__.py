"""Records of earlier runs, and files written at once or not at all."""
