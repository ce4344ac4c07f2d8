"""What authors wrote as HTML, attributes and addresses, held to a list of what may stay."""
