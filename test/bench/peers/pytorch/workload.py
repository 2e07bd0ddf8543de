"""Reads what the bench wrote: a network's plan, its weights, sentences in words and numbers, and batches."""

import json
from pathlib import Path

import numpy as np


class Workload:
    def __init__(self, folder):
        header = json.loads((Path(folder) / "workload.json").read_text(encoding="utf-8"))
        data = np.fromfile(Path(folder) / "workload.bin", dtype=np.uint8)
        self.plan = header["plan"]
        self.learning_rate = header["learningRate"]
        self.clip = header["clip"]
        self.values = header["values"]
        self.sentences = header["sentences"]
        self._arrays = header["arrays"]
        self._data = data
        self.ids = np.stack([self.array(f"ids.{feature['name']}") for feature in self.plan["tables"]], axis=1)
        self.targets = self.array("targets")
        lengths = self.array("lengths")
        self.starts = np.concatenate([[0], np.cumsum(lengths)])
        cuts = np.cumsum(self.array("batchSizes"))[:-1]
        self.batches = np.split(self.array("batches"), cuts)

    def array(self, name):
        place = self._arrays[name]
        count = int(np.prod(place["shape"]))
        start = place["offset"]
        return self._data[start : start + 4 * count].view(place["type"]).reshape(place["shape"])

    def weights(self, name):
        return self.array(f"weights.{name}").copy()

    def packed_order(self, sentences):
        """Token numbers of sentences, longest first, step by step, and how many sentences each step has."""
        starts = self.starts[sentences]
        lengths = self.starts[sentences + 1] - starts
        sizes = [int((lengths > t).sum()) for t in range(int(lengths[0]))]
        rows = np.concatenate([starts[:size] + t for t, size in enumerate(sizes)])
        return rows, sizes
