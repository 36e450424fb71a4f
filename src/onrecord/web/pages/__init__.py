"""The pages: each asks the record, and fills a template that works without a script."""
