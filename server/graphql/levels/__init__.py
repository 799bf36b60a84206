"""Queries level by level: what most programs ask is read and written without the library (D15).

`plan` turns a checked document into steps, once; `run` takes each step for all objects of a level
at once. A document with something else in it, and an answer with anything unusual in it (a null
where none may be, an error), is the library's: a query changes nothing, so it is simply asked anew.
"""
