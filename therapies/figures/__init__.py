"""Drawings of a person doing a movement: a pose as data becomes an SVG. Pure Python, nothing but the standard library.

`poses` reads a pose, `stance` puts the body where the pose says, `body` gives it its shape, `drawing` writes the SVG.
"""
