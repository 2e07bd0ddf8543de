"""Loads a model card as the Hub's own library does, which refuses metadata that are wrong, and writes what it found as JSON."""

import json
import sys

from huggingface_hub import ModelCard

data = ModelCard.load(sys.argv[1], ignore_metadata_errors=False).data
scores = {result.metric_type: result.metric_value for result in data.eval_results}
print(json.dumps({"name": data.model_name, "license": data.license, "language": data.language, "scores": scores}))
