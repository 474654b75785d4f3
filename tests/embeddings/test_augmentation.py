from __future__ import annotations

import pytest

from fairaudit.core.errors import InputError
from fairaudit.embeddings.augmentation import augmented, exchanged, exchanges, name_pairs


@pytest.mark.parametrize(
    ("sentence", "counterpart"),
    [
        ("He told her to go .", "She told him to go ."),
        ("He told her mother .", "She told his father ."),
        ("I met her .", "I met him ."),
        ("I met her yesterday", "I met him yesterday"),
        ("His car is hers", "Her car is his"),
        ("The car is his .", "The car is hers ."),
        ("THE KING AND HIS QUEEN", "THE QUEEN AND HER KING"),
        ("John hired Amy himself .", "Amy hired John herself ."),
        ("Mr Smith is an actor", "Mrs Smith is an actress"),
        ("Nobody is here .", "Nobody is here ."),
    ],
)
def test_a_sentence_is_told_with_the_genders_exchanged(
    sentence: str, counterpart: str
) -> None:
    made = exchanged(sentence.split(), exchanges())
    assert " ".join(made) == counterpart


def test_exchanging_twice_gives_every_word_but_pronouns_back() -> None:
    table = exchanges()
    assert all(table[table[word]] == word for word in table)


def test_a_corpus_is_told_twice_where_it_differs() -> None:
    corpus = [["She", "works"], ["It", "rains"]]
    assert list(augmented(corpus)) == [["She", "works"], ["He", "works"], ["It", "rains"]]


def test_gensim_learns_as_many_women_as_men_from_it() -> None:
    from gensim.models import Word2Vec

    corpus = [["the", "nurse", "said", "she", "came"]] * 30
    corpus += [["the", "doctor", "said", "he", "came"]] * 30
    model = Word2Vec(list(augmented(corpus)), vector_size=4, min_count=1, epochs=1, seed=1)
    assert model.wv.get_vecattr("she", "count") == model.wv.get_vecattr("he", "count") == 60


def test_names_can_be_left_out_or_replaced() -> None:
    assert exchanged(["John"], exchanges(names=())) == ["John"]
    assert exchanged(["Jean"], exchanges(names=[("Jean", "Marie")])) == ["Marie"]
    assert ("John", "Amy") in name_pairs()


def test_a_word_has_one_counterpart() -> None:
    with pytest.raises(InputError, match="'king' cannot stand for both 'queen' and 'boss'"):
        exchanges(pairs=[("king", "queen"), ("king", "boss")])


def test_a_sentence_that_is_not_divided_into_tokens_is_refused() -> None:
    with pytest.raises(InputError, match="must be a list of tokens; got 'He is a doctor'"):
        list(augmented(["He is a doctor"]))
