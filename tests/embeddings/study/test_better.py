from __future__ import annotations

import numpy as np

from fairaudit.embeddings import Embedding
from fairaudit.embeddings.study.better import better
from fairaudit.embeddings.study.measures import MEASURES, asked_for
from fairaudit.embeddings.study.remains import residual_section, utility_section
from fairaudit.embeddings.study.sides import before_and_after, single
from fairaudit.embeddings.study.whole import study_of


def test_every_number_that_can_be_gated_knows_which_way_it_is_better(
    glove: Embedding,
) -> None:
    few = Embedding.make("few", glove.words[:400], np.asarray(glove.matrix[:400]))
    quick = [name for name in MEASURES if name != "analogies"]
    numbers = {
        *study_of(single(glove), asked_for(["weat-6", *quick]), draws=0).numbers,
        *utility_section(single(few)).numbers,
        *residual_section(before_and_after(few, few), seed=0).numbers,
    }
    assert {"weat-6.effect_size", "mac.race", "residual.classifier"} <= numbers
    assert [name for name in numbers if better(name) is None] == []
    assert better("weat-6.effect-size") is None
