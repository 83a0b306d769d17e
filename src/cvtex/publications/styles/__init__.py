"""Citation styles: each turns one publication into inlines."""
