"""
An Elman layer both ways over inputs that are already summed, which nn.RNN cannot leave unprojected.

Three ways were measured: nn.RNN behind a frozen identity (the slowest: it pays for the projection), a loop over steps,
and a torch.autograd.Function with its own backward pass, which was as fast as the loop. This is the loop.
"""

import torch
from torch import nn


class SummedElman(nn.Module):
    def __init__(self, forward_weights, backward_weights):
        super().__init__()
        self.forward_weights = nn.Parameter(forward_weights)
        self.backward_weights = nn.Parameter(backward_weights)

    def forward(self, inputs, sizes):
        """Rows (N, 2H) packed step by step, the left half read forwards, the right half backwards."""
        left, right = (half.split(sizes) for half in inputs.chunk(2, 1))
        state = torch.tanh(left[0])
        forwards = [state]
        for step, size in zip(left[1:], sizes[1:]):
            state = torch.tanh(torch.addmm(step, state[:size], self.forward_weights))
            forwards.append(state)
        state = torch.tanh(right[-1])
        backwards = [state]
        for step in reversed(right[:-1]):
            size = len(state)
            joined = torch.addmm(step[:size], state, self.backward_weights)
            state = torch.tanh(torch.cat([joined, step[size:]]) if size < len(step) else joined)
            backwards.append(state)
        return torch.cat([torch.cat(forwards), torch.cat(backwards[::-1])], 1)
