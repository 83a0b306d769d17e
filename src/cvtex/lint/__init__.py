"""What `cvtex lint` looks for beyond what reading finds: rules, their selection, and fixes."""
