"""Words and where they stand: normalising that never loses the way back."""
