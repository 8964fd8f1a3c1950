"""The helper library of the course *Likelihood, bit by bit*.

Nothing is imported here: `python3 -m lessons_lib` has to start on a bare Python.
"""
