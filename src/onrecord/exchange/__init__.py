"""Articles and their statements in the forms that other programs and people read, one module each."""
