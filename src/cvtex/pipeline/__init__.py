"""The stages in order, and every effect on the disk at its end."""
