"""Questions about word vectors put to a peer in an environment of its own."""
