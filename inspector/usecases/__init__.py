"""What a person wants done, told over ports; no Qt, no httpx, no keyring."""
