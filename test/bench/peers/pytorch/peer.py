"""
The bench's workloads in PyTorch, as a competent user writes it: packed sequences without padding, sparse embeddings
with SparseAdam, Adam for the rest.

    python peer.py FOLDER

FOLDER holds what the bench wrote of a workload. Commands come line by line, each is answered by a line of JSON:

    losses STEPS    mean loss of a sentence in each of the first steps; to be asked first
    train THREADS   tokens/s of training, over whole passes through the batches
    tag THREADS     tokens/s of tagging all sentences, from strings on
    tags            the number of each token's tag
"""

import json
import sys
import time

import numpy as np
import torch
from torch import nn
from torch.nn.utils.rnn import pad_sequence

from features import FeatureExtractor
from network import Tagger
from viterbi import best_tags
from workload import Workload

SHORTEST_SECONDS = 1
TAGGING_BATCH = 64


class Peer:
    def __init__(self, workload):
        self.workload = workload
        self.tagger = Tagger(workload)
        sparse = list(self.tagger.input.tables.parameters())
        tables = {id(table) for table in sparse}
        dense = [p for p in self.tagger.parameters() if p.requires_grad and id(p) not in tables]
        self.sparse = sparse
        self.dense = dense
        rate = workload.learning_rate
        self.optimizers = [torch.optim.SparseAdam(sparse, lr=rate), torch.optim.Adam(dense, lr=rate)]
        self.ids = torch.from_numpy(workload.ids).long() + self.tagger.input.offsets
        self.targets = torch.from_numpy(workload.targets).long()
        orders = [workload.packed_order(batch) for batch in workload.batches]
        self.batches = [(torch.from_numpy(rows), sizes) for rows, sizes in orders]

    def step(self, rows, sizes):
        """One step of training; the mean loss of a sentence."""
        logits = self.tagger(self.ids[rows], sizes)
        loss = nn.functional.cross_entropy(logits, self.targets[rows], reduction="sum") / sizes[0]
        for optimizer in self.optimizers:
            optimizer.zero_grad(set_to_none=True)
        loss.backward()
        self._clip()
        for optimizer in self.optimizers:
            optimizer.step()
        return loss.item()

    def _clip(self):
        """As clip_grad_norm_, which does not know sparse gradients well; a loop of one step gives none of its weights."""
        for table in self.sparse:
            table.grad = table.grad.coalesce()
        gradients = [table.grad._values() for table in self.sparse] + [p.grad for p in self.dense if p.grad is not None]
        norm = torch.stack([gradient.norm() for gradient in gradients]).norm().item()
        if norm > self.workload.clip:
            for gradient in gradients:
                gradient.mul_(self.workload.clip / norm)

    def losses(self, steps):
        return [self.step(*self.batches[step % len(self.batches)]) for step in range(steps)]

    def train(self):
        tokens = sum(len(rows) for rows, _ in self.batches)
        return per_second(tokens, lambda: [self.step(*batch) for batch in self.batches])

    def tag(self):
        return per_second(len(self.targets), self.tags)

    @torch.inference_mode()
    def tags(self):
        """The number of each token's tag, from strings on, with nothing remembered of earlier sentences."""
        workload = self.workload
        extractor = FeatureExtractor(workload.values)
        ids = torch.from_numpy(extractor.extract(workload.sentences)) + self.tagger.input.offsets
        lengths = np.array([len(tokens) for tokens in workload.sentences])
        order = np.argsort(-lengths, kind="stable")
        crf = [workload.weights(f"crf.{name}") for name in ("transitions", "start", "end")]
        found = np.empty(len(self.targets), np.int64)
        for first in range(0, len(order), TAGGING_BATCH):
            members = order[first : first + TAGGING_BATCH]
            rows, sizes = workload.packed_order(members)
            logits = self.tagger(ids[torch.from_numpy(rows)], sizes)
            padded = pad_sequence(logits.split(sizes)).numpy()
            for sentence, tags in zip(members, best_tags(padded, lengths[members], *crf)):
                found[workload.starts[sentence] : workload.starts[sentence + 1]] = tags
        return found.tolist()

    def answer(self, command, *arguments):
        if command == "losses":
            return self.losses(int(arguments[0]))
        if command == "tags":
            return self.tags()
        torch.set_num_threads(int(arguments[0]))
        return self.train() if command == "train" else self.tag()


def per_second(tokens, work):
    start = time.perf_counter()
    passes = 0
    while True:
        work()
        passes += 1
        seconds = time.perf_counter() - start
        if seconds >= SHORTEST_SECONDS:
            return tokens * passes / seconds


if __name__ == "__main__":
    peer = Peer(Workload(sys.argv[1]))
    for line in sys.stdin:
        print(json.dumps(peer.answer(*line.split())), flush=True)
