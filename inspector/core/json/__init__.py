"""JSON without loss: documents, strict reading, and the place where a text stops being JSON."""
