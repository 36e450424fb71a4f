"""Feeds and lists of feeds: RSS, Atom, JSON Feed, OPML; what they are, and the documents that they lead to."""
