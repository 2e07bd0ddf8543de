"""
Trains CRFsuite on sentences and tags others.

    python peer.py averaged-perceptron|lbfgs < JOB.json

JOB is {"train": [[TOKENS, TAGS], ...], "tag": [TOKENS, ...]}, and "clusters": {TOKEN: [NUMBER, ...]} if they are features. The answer on stdout is {"seconds", "cpuSeconds",
"residentMegabytes", "tags": [TAGS, ...]}; seconds are those of making the features of train and of training.
"""

import json
import resource
import sys
import tempfile
import time
from pathlib import Path

import pycrfsuite

from features import features_of

ALGORITHMS = {
    "averaged-perceptron": ("averaged-perceptron", {"max_iterations": 30}),
    "lbfgs": ("lbfgs", {"c1": 0.1, "c2": 0.1}),
}


def train(sentences, algorithm, model, clusters=None):
    name, parameters = ALGORITHMS[algorithm]
    trainer = pycrfsuite.Trainer(algorithm=name, params=parameters, verbose=False)
    for tokens, tags in sentences:
        trainer.append(features_of(tokens, clusters), tags)
    trainer.train(model)


def main():
    job = json.load(sys.stdin)
    with tempfile.TemporaryDirectory() as folder:
        model = str(Path(folder) / "model")
        began = time.perf_counter()
        began_cpu = time.process_time()
        clusters = job.get("clusters")
        train(job["train"], sys.argv[1], model, clusters)
        seconds = time.perf_counter() - began
        cpu_seconds = time.process_time() - began_cpu
        tagger = pycrfsuite.Tagger()
        tagger.open(model)
        tags = [tagger.tag(features_of(tokens, clusters)) for tokens in job["tag"]]
    resident = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    json.dump({"seconds": seconds, "cpuSeconds": cpu_seconds, "residentMegabytes": resident, "tags": tags}, sys.stdout)


if __name__ == "__main__":
    main()
