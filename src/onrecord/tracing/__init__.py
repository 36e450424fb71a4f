"""One quotation across articles: candidates, then alignment, then families, each explained. No SQL, no verdicts."""
