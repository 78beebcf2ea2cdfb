"""Finding text in answers: in one view, in the structure, in all that were loaded."""
