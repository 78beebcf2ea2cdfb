"""The pure rooms: no Qt, no input or output, no clock. Everything here can be tested with values alone."""
