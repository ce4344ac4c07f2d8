"""Writers: a checked post goes out as a page, a PDF and WordPress blocks."""
