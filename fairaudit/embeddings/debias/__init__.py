"""Ways to take a direction out of word vectors, one file each: `fit`, then `transform`.

What is fitted is frozen. Nothing is computed before rows are read: an embedding that was
transformed holds the stored numbers and what is to be done with them.
"""
