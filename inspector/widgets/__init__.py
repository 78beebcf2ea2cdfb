"""The panes and dialogs of the window. Panes know their view models and never each other."""
