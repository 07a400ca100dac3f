# A draft: a native reader has to look at it.
