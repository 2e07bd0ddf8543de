"""Writes what other scorers say of gold and predicted tags, a folder a case, beside this file.

usage: pip install -r requirements.txt && python make.py

Each case holds pairs.conll (random sentences: token, gold tag, predicted tag) and the results of three scorers:

conlleval.txt    what the conlleval script of 2004-01-26 prints; the script is in seqeval's source package and needs Perl
seqeval.json     seqeval's classification report, default and (unless the two sides differ in scheme) strict, and its
                 token accuracy
nervaluate.json  nervaluate's four ways of matching, except for BIOES, which it does not read

The sentences are drawn with a fixed seed. Only the results are kept here, not the scorers.
"""

import json
import math
import random
import subprocess
import sys
import tarfile
import tempfile
import warnings
from pathlib import Path

from nervaluate import Evaluator
from seqeval.metrics import accuracy_score, classification_report
from seqeval.scheme import IOB1, IOB2, IOBES

HERE = Path(__file__).parent
STRICT = {"iob1": IOB1, "iob2": IOB2, "bioes": IOBES}
NEWS = ["PER", "LOC", "ORG", "MISC"]
HYPHENATED = ["creative-work", "B-side", "I-beam", "x_y.z"]
NUMBERED = ["9", "10", "2"]

# name: scheme, and what differs from the defaults of make_pairs()
CASES = {
    "iob2-perfect": ("iob2", {"noise": 0}),
    "iob2-light-noise": ("iob2", {"noise": 0.1}),
    "iob2-heavy-noise": ("iob2", {"noise": 0.5}),
    "iob2-ill-formed-predictions": ("iob2", {"noise": 0.1, "ill_formed": (0, 0.15)}),
    "iob2-ill-formed-both": ("iob2", {"noise": 0.1, "ill_formed": (0.15, 0.15)}),
    "iob2-touching-entities": ("iob2", {"noise": 0.3, "density": 0.9}),
    "iob2-long-sentences": ("iob2", {"sentences": 4, "longest": 120}),
    "iob2-one-rare-label": ("iob2", {"labels": ["DIS"], "density": 0.03}),
    "iob1-noise": ("iob1", {"density": 0.6}),
    "iob1-ill-formed-predictions": ("iob1", {"density": 0.6, "ill_formed": (0, 0.15)}),
    "iob1-against-iob2": ("iob1", {"density": 0.6, "predicted_scheme": "iob2"}),
    "bioes-noise": ("bioes", {}),
    "bioes-ill-formed-predictions": ("bioes", {"ill_formed": (0, 0.15)}),
    "hyphenated-labels": ("iob2", {"labels": HYPHENATED}),
    "numbers-as-labels": ("iob2", {"labels": NUMBERED}),
    "no-entity": ("iob2", {"density": 0, "noise": 0, "sentences": 3}),
    "no-gold-entity": ("iob2", {"empty": "gold", "sentences": 10}),
    "no-predicted-entity": ("iob2", {"empty": "predicted", "sentences": 10}),
    "one-token": ("iob2", {"sentences": 1, "longest": 1, "density": 1}),
}


def spell(spans, length, scheme):
    """Returns the tags of a sentence from its (label, start, end) spans, ends exclusive."""
    tags = ["O"] * length
    previous = None
    for label, start, end in spans:
        for at in range(start, end):
            tags[at] = f"I-{label}"
        if scheme != "iob1" or previous == (label, start):
            tags[start] = f"B-{label}"
        if scheme == "bioes":
            tags[end - 1] = f"E-{label}" if end - start > 1 else f"S-{label}"
        previous = (label, end)
    return tags


def draw_spans(rng, length, labels, density):
    spans, at = [], 0
    while at < length:
        if rng.random() < density:
            end = min(length, at + rng.choice([1, 1, 2, 2, 3, 5]))
            spans.append((rng.choice(labels), at, end))
            at = end
        else:
            at += 1
    return spans


def disturb(rng, spans, length, labels, noise):
    """Returns the spans as a tagger might find them: some missed, relabelled, cut, grown or invented."""
    found, free = [], 0
    for index, (label, start, end) in enumerate(spans):
        limit = spans[index + 1][1] if index + 1 < len(spans) else length
        if start > free and rng.random() < noise / 4:
            found.append((rng.choice(labels), free, rng.randint(free + 1, start)))
        if rng.random() < noise:
            kind = rng.choice(["missed", "relabelled", "cut", "grown"])
            if kind == "missed":
                free = end
                continue
            if kind == "relabelled":
                label = rng.choice(labels)
            elif kind == "cut" and end - start > 1:
                start, end = (start + 1, end) if rng.random() < 0.5 else (start, end - 1)
            elif kind == "grown":
                end = min(end + 1, limit)
        found.append((label, start, end))
        free = end
    return found


def damage(rng, tags, labels, rate, scheme):
    """Returns the tags with some replaced by any others, which the scheme may not allow there."""
    prefixes = "BIES" if scheme == "bioes" else "BI"
    return [f"{rng.choice(prefixes)}-{rng.choice(labels)}" if rng.random() < rate else tag for tag in tags]


def make_pairs(
    rng,
    scheme,
    sentences=40,
    longest=14,
    labels=NEWS,
    density=0.2,
    noise=0.25,
    ill_formed=(0, 0),
    empty="",
    predicted_scheme=None,
):
    """Returns the (gold, predicted) tags of each sentence."""
    pairs = []
    for _ in range(sentences):
        length = rng.randint(1, longest)
        gold = draw_spans(rng, length, labels, density)
        predicted = disturb(rng, gold, length, labels, noise)
        gold_tags = spell([] if empty == "gold" else gold, length, scheme)
        predicted_tags = spell([] if empty == "predicted" else predicted, length, predicted_scheme or scheme)
        sides = zip([gold_tags, predicted_tags], ill_formed)
        pairs.append([damage(rng, tags, labels, rate, scheme) for tags, rate in sides])
    return pairs


def conlleval(script, pairs_file):
    return subprocess.run(["perl", script], stdin=pairs_file.open(), capture_output=True, text=True, check=True).stdout


def seqeval(gold, predicted, strict_scheme):
    """Returns seqeval's results, of its strict mode only if the scheme for it is given."""
    options = {"output_dict": True, "zero_division": 0}
    results = {
        "accuracy": accuracy_score(gold, predicted),
        "default": classification_report(gold, predicted, **options),
    }
    if strict_scheme:
        results["strict"] = classification_report(gold, predicted, mode="strict", scheme=strict_scheme, **options)
    return results


def nervaluate(gold, predicted):
    labels = sorted({tag[2:] for tags in gold + predicted for tag in tags if tag != "O"})
    overall = Evaluator(gold, predicted, tags=labels, loader="list").evaluate()["overall"]
    fields = ["correct", "incorrect", "partial", "missed", "spurious", "precision", "recall", "f1"]
    return {"overall": {way: {field: getattr(counts, field) for field in fields} for way, counts in overall.items()}}


def plain(value):
    """Returns the value with numbers as JSON has them: null for what is not a number."""
    if isinstance(value, dict):
        return {key: plain(each) for key, each in value.items()}
    value = float(value)
    return None if math.isnan(value) else int(value) if value.is_integer() else value


def write_json(file, value):
    file.write_text(json.dumps(plain(value), indent=2, sort_keys=True) + "\n")


def fetch_script(folder):
    """Downloads seqeval's source package and returns the path of the conlleval script in it."""
    pip = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--no-binary", ":all:", "--dest", folder]
    subprocess.run([*pip, "seqeval==1.2.2"], check=True)
    with tarfile.open(next(Path(folder).glob("seqeval-*.tar.gz"))) as package:
        script = Path(folder, "conlleval.pl")
        script.write_bytes(package.extractfile("seqeval-1.2.2/tests/conlleval.pl").read())
    return script


def main():
    warnings.simplefilter("ignore")
    with tempfile.TemporaryDirectory() as folder:
        script = fetch_script(folder)
        for seed, (name, (scheme, changes)) in enumerate(CASES.items()):
            case = HERE / name
            case.mkdir(exist_ok=True)
            pairs = make_pairs(random.Random(seed), scheme, **changes)
            pairs_file = case / "pairs.conll"
            lines = ["".join(f"w {gold} {found}\n" for gold, found in zip(*sentence)) for sentence in pairs]
            pairs_file.write_text("\n".join(lines) + "\n")
            gold, predicted = ([tags[side] for tags in pairs] for side in (0, 1))
            (case / "conlleval.txt").write_text(conlleval(script, pairs_file))
            strict_scheme = None if "predicted_scheme" in changes else STRICT[scheme]
            write_json(case / "seqeval.json", seqeval(gold, predicted, strict_scheme))
            if scheme != "bioes":
                write_json(case / "nervaluate.json", nervaluate(gold, predicted))


if __name__ == "__main__":
    main()
