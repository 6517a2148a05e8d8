"""A chart is a small frozen specification; renderers draw it for screen or print."""
