"""The filter language over completions, in the spirit of a protocol analyser's display filters. Grammar: README."""
