"""Answer questions about word vectors with wefe; it finds nothing but its environment.

Called with a word2vec binary file and a JSON file of questions: {name: [metric, lists of
targets, lists of attributes]}. Every word has a vector. Some association tests are asked
once more for their p-value, from as many divisions as wefe draws by itself, and timed.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

from gensim.models import KeyedVectors
from wefe.metrics import ECT, MAC, RIPA, RND, RNSB, WEAT
from wefe.query import Query
from wefe.word_embedding_model import WordEmbeddingModel

TIMED = ("weat-6", "weat-7", "weat-8")
"""Of eight targets each; wefe takes minutes for one."""

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
tests = {}
for name, (metric, targets, attributes) in json.loads(Path(questions).read_text()).items():
    asked, settings = METRICS[metric]
    query = Query(targets, attributes)
    found = asked.run_query(query, model, normalize=True, **settings)
    answers[name] = float(found["result"])
    if name in TIMED:
        started = time.process_time()
        found = asked.run_query(
            query, model, normalize=True, calculate_p_value=True, **settings
        )
        spent = time.process_time() - started
        tests[name] = {"p": float(found["p_value"]), "cpu": spent}
sys.stdout.write("\n" + json.dumps({"answers": answers, "tests": tests}) + "\n")
