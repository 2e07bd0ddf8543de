"""
Trains CRFsuite on sentences, makes the features of others, and then, for each line of stdin, tags these once.

    python tag.py JOB.json

JOB is {"train": [[TOKENS, TAGS], ...], "tag": [TOKENS, ...]}. Each pass is answered with its tokens a second: of
CRFsuite alone, since features are made and handed over before.
"""

import json
import sys
import tempfile
import time
from pathlib import Path

import pycrfsuite

from features import features_of
from peer import train


def main():
    job = json.loads(Path(sys.argv[1]).read_text())
    with tempfile.TemporaryDirectory() as folder:
        model = str(Path(folder) / "model")
        train(job["train"], "averaged-perceptron", model)
        tagger = pycrfsuite.Tagger()
        tagger.open(model)
        sequences = [pycrfsuite.ItemSequence(features_of(tokens)) for tokens in job["tag"]]
        count = sum(len(tokens) for tokens in job["tag"])
        for _ in sys.stdin:
            began = time.perf_counter()
            for sequence in sequences:
                tagger.tag(sequence)
            print(count / (time.perf_counter() - began), flush=True)


if __name__ == "__main__":
    main()
