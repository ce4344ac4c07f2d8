"""Citation styles (CSL): which there are, and what citeproc is given of them."""
