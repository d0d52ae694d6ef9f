"""Plans: from a document to typed, sourced targets, and from plan to plan."""
