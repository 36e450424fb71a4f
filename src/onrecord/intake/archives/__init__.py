"""Web archives: their records, and the pages in them."""
