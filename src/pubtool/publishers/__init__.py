"""Publishers: what is on a site, what should be, and the way from the one to the other."""
