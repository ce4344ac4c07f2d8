"""Text in, nouns out: a post, its front matter, the bibliography, the sources."""
