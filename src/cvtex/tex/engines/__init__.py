"""TeX engines, one file each; `registry` names them."""
