"""What a lenient reading of broken tool-call arguments would give: a guess, offered as edits of the exact text or not at all."""
