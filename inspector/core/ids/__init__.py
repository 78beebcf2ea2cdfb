"""What gives an ID away in a text: its own looks, the key or the address before it, or the list that it stands in."""
