"""Asks a server with the client that was generated from its description, and prints what the client understood."""
import json
import sys

from rnn_serve_client import Client
from rnn_serve_client.api.default import health, ready, tag, tag_with_model
from rnn_serve_client.models import Error, Record

client = Client(base_url=sys.argv[1])
text = "Anna Smith lives in London."
one = tag.sync(client=client, body=Record(text=text, id="a", top=2))
listed = tag_with_model.sync("names", client=client, body=[Record(tokens=["Bob", "Jones", "left"]), Record(text=text, min_confidence=1.0)])
refused = tag.sync(client=client, body=Record(text=text, top=1000))
print(json.dumps({
    "one": one.to_dict(),
    "spans": [[span.text for span in tagged.spans] for tagged in listed],
    "refused": isinstance(refused, Error) and refused.error,
    "models": [model.name for model in health.sync(client=client).models],
    "ready": ready.sync(client=client).status,
}))
