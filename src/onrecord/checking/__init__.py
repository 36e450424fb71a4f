"""What one article rests on: its sources, how sure it is of what it says, and remarks that anybody can check in it.

Nothing here looks beyond the article, and nothing here is a verdict.
"""
