"""Times numpy's busday_offset on the shifts that the benchmark asks about.

Standard input: one line of JSON {"holidays": [day text], "count": n, "rounds": n}, then four arrays of count 32-bit
integers: days and amounts of the shifts forwards, days and amounts of those backwards. Standard output: one line of JSON
{"version": text, "medianMs": number}, then two arrays of count 32-bit integers: the days reached.
"""

import json
import sys
import time

import numpy

head = json.loads(sys.stdin.buffer.readline())
count = head["count"]
arrays = [numpy.frombuffer(sys.stdin.buffer.read(4 * count), dtype="<i4").astype("i8") for _ in range(4)]
calendar = numpy.busdaycalendar(holidays=head["holidays"])
forwards, backwards = arrays[0].astype("datetime64[D]"), arrays[2].astype("datetime64[D]")


def shift():
    # From a day that is not worked, the first working day met in the direction of travel counts as 1.
    return (
        numpy.busday_offset(forwards, arrays[1], roll="backward", busdaycal=calendar),
        numpy.busday_offset(backwards, arrays[3], roll="forward", busdaycal=calendar),
    )


reached = shift()
times = []
for _ in range(head["rounds"]):
    start = time.perf_counter()
    shift()
    times.append(1000 * (time.perf_counter() - start))

answer = {"version": numpy.__version__, "medianMs": sorted(times)[len(times) // 2]}
sys.stdout.buffer.write(json.dumps(answer).encode() + b"\n")
for days in reached:
    sys.stdout.buffer.write(days.astype("i8").astype("<i4").tobytes())
