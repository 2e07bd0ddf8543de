"""
The features that a CRF for named entities usually has: words and shapes in a window of two each side, affixes up to four
characters, casing, pairs of neighbours, the ends of the sentence.
"""

import re

WINDOW = (-2, -1, 0, 1, 2)
BEFORE = "<s>"
AFTER = "</s>"


class Column:
    """A value for each token of a sentence, and a mark for the places before and after it."""

    def __init__(self, values):
        self.values = values

    def __getitem__(self, place):
        if place < 0:
            return BEFORE
        return self.values[place] if place < len(self.values) else AFTER


def shape_of(token):
    """Each character as its class: X upper, x lower, d digit, itself if none of these."""
    return "".join(map(class_of, token))


def class_of(character):
    if character.isupper():
        return "X"
    if character.islower():
        return "x"
    return "d" if character.isdigit() else character


def shorten(shape):
    """Runs of one class as one of it."""
    return re.sub(r"(.)\1+", r"\1", shape)


def casing_of(token):
    tests = {"upper": token.isupper(), "title": token.istitle(), "digits": token.isdigit()}
    return [name for name, holds in tests.items() if holds]


def features_of(tokens, clusters=None):
    """Names of the features of each token, a list a token; clusters has those of every token, if there are any."""
    count = len(tokens)
    words = Column([token.lower() for token in tokens])
    full_shapes = [shape_of(token) for token in tokens]
    shapes = Column([shorten(shape) for shape in full_shapes])
    casings = [casing_of(token) for token in tokens]
    return [
        [
            *window_features(place, count, words, shapes, casings),
            *own_features(tokens[place], words[place], full_shapes[place]),
            *neighbour_features(place, words, shapes),
            *(cluster_features(place, tokens, clusters) if clusters else []),
            *(["first"] if place == 0 else []),
            *(["last"] if place == count - 1 else []),
        ]
        for place in range(count)
    ]


def window_features(place, count, words, shapes, casings):
    for offset in WINDOW:
        there = place + offset
        yield f"word[{offset}]={words[there]}"
        yield f"shape[{offset}]={shapes[there]}"
        if 0 <= there < count:
            for casing in casings[there]:
                yield f"{casing}[{offset}]"


def own_features(token, word, full_shape):
    yield f"token={token}"
    yield f"full shape={full_shape}"
    for length in range(1, min(4, len(word)) + 1):
        yield f"prefix{length}={word[:length]}"
        yield f"suffix{length}={word[-length:]}"
    if "-" in token:
        yield "has hyphen"
    if any(character.isdigit() for character in token):
        yield "has digit"


def cluster_features(place, tokens, clusters):
    for offset in WINDOW:
        there = place + offset
        if 0 <= there < len(tokens):
            for division, cluster in enumerate(clusters[tokens[there]]):
                yield f"cluster{division}[{offset}]={cluster}"


def neighbour_features(place, words, shapes):
    for offset in (-1, 1):
        yield f"prefix3[{offset}]={words[place + offset][:3]}"
        yield f"suffix3[{offset}]={words[place + offset][-3:]}"
    for offset in (-2, -1, 0, 1):
        left, right = place + offset, place + offset + 1
        yield f"words[{offset}]={words[left]}|{words[right]}"
        yield f"shapes[{offset}]={shapes[left]}|{shapes[right]}"
        if offset in (-1, 0):
            yield f"shape word[{offset}]={shapes[left]}|{words[right]}"
            yield f"word shape[{offset}]={words[left]}|{shapes[right]}"
    yield f"three shapes={shapes[place - 1]}|{shapes[place]}|{shapes[place + 1]}"
