"""A small real service on loopback that answers as the Sudo API does, from the bundled samples."""
