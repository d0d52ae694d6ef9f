"""What users touch: the command line, reports and the demo. No arithmetic of its own."""
