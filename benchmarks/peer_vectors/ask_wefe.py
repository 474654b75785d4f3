"""Answer questions about word vectors with wefe; it finds nothing but its environment.

Called with a word2vec binary file and a JSON file of questions: {name: [metric, lists of
targets, lists of attributes]}. Every word has a vector.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from gensim.models import KeyedVectors
from wefe.metrics import ECT, MAC, RIPA, RND, RNSB, WEAT
from wefe.query import Query
from wefe.word_embedding_model import WordEmbeddingModel

METRICS = {
    "weat": (WEAT(), {"return_effect_size": True}),
    "rnd": (RND(), {}),
    "ripa": (RIPA(), {}),
    "mac": (MAC(), {}),
    "ect": (ECT(), {}),
    # Without held-out words and with our solver, so that there is nothing to draw.
    "rnsb": (RNSB(), {"holdout": False, "estimator_params": {"max_iter": 1_000}}),
}

vectors, questions = sys.argv[1:]
model = WordEmbeddingModel(KeyedVectors.load_word2vec_format(vectors, binary=True))
answers = {}
for name, (metric, targets, attributes) in json.loads(Path(questions).read_text()).items():
    asked, settings = METRICS[metric]
    found = asked.run_query(Query(targets, attributes), model, normalize=True, **settings)
    answers[name] = float(found["result"])
sys.stdout.write("\n" + json.dumps(answers) + "\n")
