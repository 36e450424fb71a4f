"""Plain text to articles: lines to paragraphs, the head, the kinds; also the words by which pages are judged."""
