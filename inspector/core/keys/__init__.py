"""How a key is found, how a keyring fails, and the words for both."""
