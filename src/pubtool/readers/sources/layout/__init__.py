"""Printed pages: from lines and where they stand on paper to running text and its furniture."""
