"""WordPress: a site is read, a plan is made and shown, applied, and read back."""
