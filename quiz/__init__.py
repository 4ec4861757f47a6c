"""Self-quiz: Markdown packs, question cards in the browser, progress by topic."""
