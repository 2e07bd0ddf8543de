"""Runs ONNX files on the inputs of JSON lines, {"file", "ids", "lengths"}, and prints the outputs as JSON lines."""

import json
import sys

import numpy
import onnx
import onnxruntime

onnxruntime.set_default_logger_severity(3)
for line in sys.stdin:
    case = json.loads(line)
    onnx.checker.check_model(case["file"], full_check=True)
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    session = onnxruntime.InferenceSession(case["file"], options, providers=["CPUExecutionProvider"])
    names = [output.name for output in session.get_outputs()]
    inputs = {
        "ids": numpy.array(case["ids"], dtype=numpy.int64),
        "lengths": numpy.array(case["lengths"], dtype=numpy.int32),
    }
    outputs = dict(zip(names, session.run(None, inputs)))
    # What is not allowed is minus infinity, which JSON does not have.
    answers = {name: numpy.maximum(value, -1e30).tolist() for name, value in outputs.items()}
    metadata = session.get_modelmeta().custom_metadata_map
    print(json.dumps({"outputs": answers, "metadata": metadata}), flush=True)
