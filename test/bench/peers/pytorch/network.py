"""The tagger in PyTorch: one-hot features, a recurrent layer, softmax or the parameters of a CRF."""

from itertools import groupby

import torch
from torch import nn
from torch.nn.utils.rnn import PackedSequence

from summed_elman import SummedElman

CELLS = {"elman": nn.RNN, "gru": nn.GRU, "lstm": nn.LSTM}


def parameter(numbers):
    return nn.Parameter(torch.from_numpy(numbers))


class ConcatenatedInput(nn.Module):
    """Rows side by side; neighbouring tables of one width are one embedding, their ids apart."""

    def __init__(self, workload):
        super().__init__()
        features = workload.plan["tables"]
        self.tables = nn.ModuleList()
        self.columns = []
        offsets = []
        first = 0
        for width, group in groupby(features, key=lambda feature: feature["width"]):
            group = list(group)
            tables = [torch.from_numpy(workload.weights(f"input.{feature['name']}")) for feature in group]
            sizes = [len(table) for table in tables]
            offsets += [sum(sizes[:index]) for index in range(len(sizes))]
            self.tables.append(nn.Embedding.from_pretrained(torch.cat(tables), freeze=False, sparse=True))
            self.columns.append(slice(first, first + len(group)))
            first += len(group)
        self.register_buffer("offsets", torch.tensor(offsets))

    def forward(self, ids):
        parts = [table(ids[:, columns]).flatten(1) for table, columns in zip(self.tables, self.columns)]
        return torch.cat(parts, 1) if len(parts) > 1 else parts[0]


class SummedInput(nn.Module):
    """Rows as wide as the recurrent layer, summed."""

    def __init__(self, workload):
        super().__init__()
        tables = [torch.from_numpy(workload.weights(f"input.{f['name']}")) for f in workload.plan["tables"]]
        sizes = [len(table) for table in tables]
        self.tables = nn.EmbeddingBag.from_pretrained(torch.cat(tables), freeze=False, mode="sum", sparse=True)
        self.bias = parameter(workload.weights("input.bias"))
        self.register_buffer("offsets", torch.tensor([sum(sizes[:index]) for index in range(len(sizes))]))

    def forward(self, ids):
        return self.tables(ids) + self.bias


class Recurrence(nn.Module):
    """PyTorch's own layer. Its second bias says the same as the first, and stays 0 where it does."""

    def __init__(self, workload):
        super().__init__()
        plan = workload.plan
        hidden = plan["hidden"]
        projections = [torch.from_numpy(workload.weights(f"input.{f['name']}.weights")) for f in plan["tables"]]
        projection = torch.cat(projections)
        directions = ["forward", "backward"] if plan["direction"] == "both" else ["forward"]
        self.layer = CELLS[plan["cell"]](len(projection), hidden, bidirectional=len(directions) == 2)
        bias = torch.from_numpy(workload.weights("input.bias"))
        inputs = projection.chunk(len(directions), 1)
        biases = bias.chunk(len(directions))
        for direction, weights, input_bias in zip(directions, inputs, biases):
            suffix = "_reverse" if direction == "backward" else ""
            self._set(f"weight_ih_l0{suffix}", weights.t())
            self._set(f"bias_ih_l0{suffix}", input_bias)
            second = self._set(f"bias_hh_l0{suffix}", torch.zeros_like(input_bias))
            if plan["cell"] == "gru":
                gates = torch.from_numpy(workload.weights(f"{direction}.gates"))
                candidate = torch.from_numpy(workload.weights(f"{direction}.candidate"))
                self._set(f"weight_hh_l0{suffix}", torch.cat([gates, candidate], 1).t())
                with torch.no_grad():
                    second[2 * hidden :] = torch.from_numpy(workload.weights(f"{direction}.candidate.bias"))
                is_candidate = (torch.arange(3 * hidden) >= 2 * hidden).float()
                second.register_hook(lambda gradient, mask=is_candidate: gradient * mask)
            else:
                self._set(f"weight_hh_l0{suffix}", torch.from_numpy(workload.weights(f"{direction}.weights")).t())
                second.requires_grad_(False)

    def _set(self, name, numbers):
        found = getattr(self.layer, name)
        with torch.no_grad():
            found.copy_(numbers)
        return found

    def forward(self, inputs, sizes):
        return self.layer(PackedSequence(inputs, torch.tensor(sizes)))[0].data


class Tagger(nn.Module):
    def __init__(self, workload):
        super().__init__()
        is_summed = workload.plan["input"] == "sum"
        self.input = (SummedInput if is_summed else ConcatenatedInput)(workload)
        if is_summed:
            weights = [torch.from_numpy(workload.weights(f"{way}.weights")) for way in ("forward", "backward")]
            self.recurrence = SummedElman(*weights)
        else:
            self.recurrence = Recurrence(workload)
        self.output = nn.Linear(*workload.array("weights.output.weights").shape)
        with torch.no_grad():
            self.output.weight.copy_(torch.from_numpy(workload.weights("output.weights")).t())
            self.output.bias.copy_(torch.from_numpy(workload.weights("output.bias")))

    def forward(self, ids, sizes):
        """Logits (N, K) of tokens packed step by step; ids (N, features) have the offsets of their tables."""
        return self.output(self.recurrence(self.input(ids), sizes))
