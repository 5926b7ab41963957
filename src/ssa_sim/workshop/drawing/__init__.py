"""The page's pictures as SVG text: the same on the page and in the page to keep, drawn in a few milliseconds."""
