"""Files of word vectors, one module per format; none of them runs what it reads."""
