"""Large JSON texts read with whole-array arithmetic: the same index as the scanner's, in a fifth of the time."""
