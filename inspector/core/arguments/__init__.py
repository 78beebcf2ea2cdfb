"""What a tool call's arguments are: the verdict, the diagnosis of what is not JSON, and the words for both."""
