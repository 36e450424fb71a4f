"""The findings, one module for each thing that they look at; each finding is a function over one article's material.

docs/findings.md documents them one by one, with an example each and their known false alarms.
"""
