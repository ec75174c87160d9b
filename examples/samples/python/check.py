import json
import sys

import rsc_samples as samples

with open(sys.argv[1], encoding="utf-8") as file:
    vectors = json.load(file)
for each in vectors["signatures"]:
    assert samples.is_signed(each["secret"], each["body"].encode(), each["header"]) == each["isGood"], each
for each in vectors["challenges"]:
    assert samples.challenge_response(each["secret"], each["code"]) == each["response"], each
for each in vectors["batches"]:
    assert samples.refused(each["answer"], each["sent"]) == each["refused"], samples.refused(each["answer"], each["sent"])
print("ok")
