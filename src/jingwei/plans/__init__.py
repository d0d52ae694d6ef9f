"""Plans: from a document to typed, sourced statements that a person reviews."""
