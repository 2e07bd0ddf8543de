"""From tokens to the numbers of their features, as src/text/features.ts has it."""

import re

import numpy as np


def shape_of(token):
    classes = "".join(
        "X" if c.isupper() else "x" if c.islower() else "d" if c.isdecimal() else c for c in token
    )
    return re.sub(r"(.)\1+", r"\1\1", classes)[:8]


def casing_of(token):
    if token.islower():
        return 1
    if token.isupper() and len(token) > 1:
        return 2
    if token[0].isupper() and (len(token) == 1 or token[1:].islower()):
        return 3
    if token.isdecimal():
        return 4
    if any(c.isdecimal() for c in token):
        return 5
    if token[0].isupper():
        return 6
    return 7 if any(c.isalpha() for c in token) else 8


class FeatureExtractor:
    """A token seen before is looked up."""

    def __init__(self, values):
        self.ids = [{value: index + 1 for index, value in enumerate(of_feature)} for of_feature in values]
        self.known = {}

    def extract(self, sentences):
        known = self.known
        numbers = []
        for tokens in sentences:
            for token in tokens:
                found = known.get(token)
                if found is None:
                    found = known[token] = self._numbers_of(token)
                numbers.append(found)
        return np.array(numbers)

    def _numbers_of(self, token):
        form = token.lower()
        form = "".join("0" if c.isdecimal() else c for c in form)
        values = [form]
        if len(self.ids) > 1:
            values += [form[:length] for length in range(1, 5)]
            values += [form[-length:] for length in range(1, 5)]
            values += [shape_of(token), str(casing_of(token))]
        return [ids.get(value, 0) for ids, value in zip(self.ids, values)]
