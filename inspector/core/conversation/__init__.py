"""The whole conversation around a completion: the prompt, the answers, and which tool result belongs to which call."""
