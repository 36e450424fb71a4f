"""What stands on printed pages: lines with their places, in the order in which they are read, joined to paragraphs."""
