"""The best tags of a batch under a linear-chain CRF, all sentences at once."""

import numpy as np


def best_tags(logits, lengths, transitions, start, end):
    """
    logits (B, T, K) of sentences, longest first; a list of B arrays of tags.
    """
    B, T, K = logits.shape
    lengths = np.asarray(lengths)
    scores = start + logits[:, 0]
    came_from = np.zeros((T, B, K), np.int64)
    final = np.zeros((B, K), np.float32)
    final[lengths == 1] = scores[lengths == 1]
    for t in range(1, T):
        paths = scores[:, :, None] + transitions[None]
        came_from[t] = paths.argmax(1)
        scores = paths.max(1) + logits[:, t]
        final[lengths == t + 1] = scores[lengths == t + 1]
    tags = np.zeros((B, T), np.int64)
    last = (final + end).argmax(1)
    sentences = np.arange(B)
    tags[sentences, lengths - 1] = last
    for t in range(T - 1, 0, -1):
        active = int((lengths > t).sum())
        rows = sentences[:active]
        tags[rows, t - 1] = came_from[t, rows, tags[rows, t]]
    return [tags[sentence, :length] for sentence, length in enumerate(lengths)]
