"""Tags text files with one rnn a partition under Apache Spark, on two executor processes.

usage: spark.py LINES OUTPUT_FOLDER check|hidden COMMAND...

LINES is a pattern such as folder/part-*, whose files come sorted by name; those of a folder come in no certain order.
"""

import json
import shlex
import sys
import time

from pyspark import SparkConf, SparkContext

lines, output, check_code, *command = sys.argv[1:]
conf = (
    SparkConf()
    .setMaster("local-cluster[2,1,1024]")
    .set("spark.driver.host", "127.0.0.1")
    .set("spark.driver.bindAddress", "127.0.0.1")
    .set("spark.ui.enabled", "false")
    .set("spark.task.maxFailures", "1")
    .set("spark.scheduler.minRegisteredResourcesRatio", "1.0")
)
context = SparkContext(conf=conf)
context.setLogLevel("OFF")
try:
    began = time.monotonic()
    # PySpark starts the command with an empty environment, and asks for its exit code only if told to.
    tagged = context.textFile(lines).pipe(shlex.join(command), checkCode=check_code == "check")
    tagged.saveAsTextFile(output)
    seconds = time.monotonic() - began
    executors = context._jsc.sc().getExecutorMemoryStatus().size() - 1
    print(json.dumps({"executors": executors, "partitions": tagged.getNumPartitions(), "seconds": seconds}))
finally:
    context.stop()
