"""A small applicant tracking system that speaks Recruiter System Connect: onboarding, sync, matches, export, access, deletion.

    python3 ats.py --port 8095 --name "Hire" --customer acme --organization urn:li:organization:1 --contract urn:li:contract:1 \
        --recruiter rita@acme.example

The partner application's credentials come from PARTNER_CLIENT_ID and PARTNER_CLIENT_SECRET. It listens on 127.0.0.1: /callback
is where it is notified, POST /onboarded takes what the onboarding widget hands over, GET /state tells how far it is, POST /leave
deletes everything that it sent.
"""

import argparse
import hashlib
import hmac
import json
import os
import queue
import sys
import threading
import time
import traceback
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

from linkedin_client import Client, RefusedRequest, body_key, failures, ids_query, quoted
from records import applications, candidates, jobs

BETWEEN_ONBOARDING_CALLS = 1.0  # seconds: documented for atsIntegrations
COMPANY_TYPES = ("ONE_CLICK_EXPORT", "IN_ATS_INDICATOR", "PROFILE_PLUGIN")


class Ats:
    def __init__(self, options, client):
        self.options = options
        self.client = client
        self.organization = options.organization
        self.jobs = jobs()
        self.candidates = candidates()
        self.applications = applications(self.candidates, self.jobs)
        self.recruiter = None  # person URN of the ATS user who may see secured jobs
        self.persons = {}  # candidate id -> person URN
        self.statuses = {}  # integration type -> status
        self.refused = {}
        self.exported = []
        self.done = []
        self.failure = None
        self.work = queue.Queue()
        self.seen = set()

    # --- module 1: onboarding -----------------------------------------------------------------------------------------

    def onboarded(self, integrations):
        """What the onboarding widget handed over: the customer asked for these. They get their names and settings."""
        keys = {each["integrationType"]: self.integration(each) for each in integrations}
        names = {
            body_key(key): {"patch": {"$set": {"integrationName": f"{self.options.name} {kind}"}}}
            for kind, key in keys.items()
        }
        answer = self.client.call(
            "POST", "/v2/atsIntegrations", ids_query(keys.values()), {"entities": names}, "batch_partial_update"
        )
        self.note(failures(answer, keys.values()))
        time.sleep(BETWEEN_ONBOARDING_CALLS)
        for kind, configuration, value in (
            ("ONE_CLICK_EXPORT", "CALLBACK_URL", f"http://127.0.0.1:{self.options.port}/callback"),
            ("ONE_CLICK_EXPORT", "JOB_POSTING_VIEWERS", "ALL_PRODUCT_USERS"),
            ("IN_ATS_INDICATOR", "APPLICATION_VIEWERS", "ALL_PRODUCT_USERS"),
        ):
            if kind in keys:
                self.configure(keys[kind], configuration, value)
        self.done.append("onboarding")

    def integration(self, triple):
        names = ("integrationContext", "integrationType", "tenantType")
        return (*((name, triple[name]) for name in names), ("dataProvider", "ATS"))

    def configure(self, key, name, value):
        record = {"configurationValue": {"string": value}}
        self.note(self.client.put("configurations", {name: record}, ("atsIntegrations", key)))
        time.sleep(BETWEEN_ONBOARDING_CALLS)

    # --- module 2: sync -----------------------------------------------------------------------------------------------

    def key(self, name, value):
        return ((name, value), ("dataProvider", "ATS"), ("integrationContext", self.organization))

    def sync(self):
        """Everything there is, in the order in which nothing is shown before its access rule."""
        context = {"integrationContext": self.organization}
        self.note(self.client.post_jobs([{**context, **job} for job in self.jobs]))
        self.secure_jobs()
        keys = {each["id"]: self.key("atsCandidateId", each["id"]) for each in self.candidates}
        self.note(self.client.put("atsCandidates", {keys[each["id"]]: each["record"] for each in self.candidates}))
        self.read_matches()
        for each in self.candidates:
            if each["notes"]:
                self.note(self.client.put("notes", each["notes"], ("atsCandidates", keys[each["id"]])))
        keys = {each["id"]: self.key("atsJobApplicationId", each["id"]) for each in self.applications}
        self.note(
            self.client.put("atsApplications", {keys[each["id"]]: each["record"] for each in self.applications})
        )
        for each in self.applications:
            parent = ("atsApplications", keys[each["id"]])
            for resource in ("stages", "interviewFeedback", "notes"):
                if each[resource]:
                    self.note(self.client.put(resource, each[resource], parent))
        self.done.append("sync")

    # --- module 4: access ---------------------------------------------------------------------------------------------

    def acl(self, job_id):
        return (
            ("atsEntityAclId", f"TEAM-{job_id}"),
            ("atsEntityId", job_id),
            ("atsEntityType", "JOB_POSTING"),
            ("dataProvider", "ATS"),
            ("integrationContext", self.organization),
        )

    def assignee(self, job_id):
        return (
            ("assignee", self.recruiter),
            ("atsEntityAclId", f"TEAM-{job_id}"),
            ("atsEntityType", "JOB_POSTING"),
            ("dataProvider", "ATS"),
            ("integrationContext", self.organization),
        )

    def secured(self):
        return [job["externalJobPostingId"] for job in self.jobs if job["accessRestricted"]]

    def secure_jobs(self):
        """Nobody sees them until a recruiter is assigned: rules go out before what they guard."""
        self.note(self.client.put("atsEntityAcls", {self.acl(job): {} for job in self.secured()}))

    def bind_recruiter(self):
        """Which seat is the ATS user who may see the secured jobs: the one with the same address."""
        contract = quoted(self.options.contract)
        answer = self.client.call("GET", "/v2/seats", f"q=seatsByAttributes&contracts={contract}&active=true&count=100")
        persons = {seat["email"].lower(): seat["member"] for seat in answer["elements"]}
        self.recruiter = persons.get(self.options.recruiter.lower())
        if self.recruiter:
            self.note(self.client.put("atsEntityAclAssignees", {self.assignee(job): {} for job in self.secured()}))
            self.done.append("access")

    # --- module 3: what comes back ------------------------------------------------------------------------------------

    def read_matches(self):
        keys = {self.key("atsCandidateId", each["id"]): each["id"] for each in self.candidates}
        for key, entity in self.client.get("atsCandidates", keys, "matchedMembers,manualMatchedMember").items():
            automatic = entity.get("matchedMembers", [])
            person = entity.get("manualMatchedMember") or (automatic[0] if len(automatic) == 1 else None)
            if person:
                self.persons[keys[key]] = person

    def fetch_status(self, request_id):
        answer = self.client.call("GET", "/v2/atsIntegrations", f"q=request&requestId={request_id}")
        for integration in answer["elements"]:
            self.statuses[integration["integrationType"]] = integration["onboardingStatus"]
        if "sync" not in self.done and "ENABLED" in [self.statuses.get(each) for each in COMPANY_TYPES]:
            self.sync()
        if self.recruiter is None and self.statuses.get("CSA_API") == "ENABLED":
            self.bind_recruiter()

    def fetch_export(self, request_id):
        answer = self.client.call("GET", "/v2/exportedCandidates", f"q=request&requestId={request_id}")
        for element in answer["elements"]:
            profile, job_id = element["candidate"], element["externalJobPostingId"]
            number = next((n for n, person in self.persons.items() if person == profile["member"]), None)
            number = number or f"EXPORTED-{len(self.exported) + 1}"
            now = int(time.time() * 1000)
            record = {
                "firstName": profile["firstName"],
                "lastName": profile["lastName"],
                "emailAddresses": profile.get("emailAddresses", []),
                "linkedInProfileUrl": profile.get("profileUrl"),
                "atsCreatedAt": now,
                "atsLastModifiedAt": now,
                "manualMatchedMember": profile["member"],
            }
            self.candidates.append({"id": number, "record": record, "notes": {}})
            self.note(self.client.put("atsCandidates", {self.key("atsCandidateId", number): record}))
            self.exported.append({"candidate": number, "job": job_id, "person": profile["member"], **record})

    # --- module 5: deletion -------------------------------------------------------------------------------------------

    def leave(self):
        """Children first, then what they hang on. A job has no deletion: it is closed."""
        if self.recruiter:
            self.note(self.client.delete("atsEntityAclAssignees", [self.assignee(job) for job in self.secured()]))
        for each in self.applications:
            parent = ("atsApplications", self.key("atsJobApplicationId", each["id"]))
            for resource in ("stages", "interviewFeedback", "notes"):
                if each[resource]:
                    self.note(self.client.delete(resource, list(each[resource]), parent))
        self.note(
            self.client.delete(
                "atsApplications", [self.key("atsJobApplicationId", each["id"]) for each in self.applications]
            )
        )
        for each in self.candidates:
            if each["notes"]:
                parent = ("atsCandidates", self.key("atsCandidateId", each["id"]))
                self.note(self.client.delete("notes", list(each["notes"]), parent))
        self.note(
            self.client.delete("atsCandidates", [self.key("atsCandidateId", each["id"]) for each in self.candidates])
        )
        context = {"integrationContext": self.organization}
        self.note(self.client.post_jobs([{**context, **job, "state": "CLOSED"} for job in self.jobs]))
        self.note(self.client.delete("atsEntityAcls", [self.acl(job) for job in self.secured()]))
        self.done.append("leave")

    # --- notifications ------------------------------------------------------------------------------------------------

    def notified(self, body, signature):
        """The status to answer with. What is to be done is done behind the answer."""
        secret = self.client.client_secret.encode()
        expected = hmac.new(secret, b"hmacsha256=" + body, hashlib.sha256).hexdigest()
        if not hmac.compare_digest(expected, signature or ""):
            return 401
        notification = json.loads(body)
        if notification["id"] not in self.seen:  # the same one may come twice
            self.seen.add(notification["id"])
            known = {"INTEGRATION_STATUS_CHANGE": self.fetch_status, "EXPORT_CANDIDATE_PROFILE": self.fetch_export}
            if notification["type"] in known:  # others are acknowledged and ignored
                self.work.put(lambda: known[notification["type"]](notification["id"]))
        return 200

    def answer_challenge(self, code):
        secret = self.client.client_secret.encode()
        return {"challengeCode": code, "challengeResponse": hmac.new(secret, code.encode(), hashlib.sha256).hexdigest()}

    def note(self, refused):
        """What was refused stays visible until somebody repairs it."""
        for key, reason in refused.items():
            name = key if isinstance(key, str) else key[0][1]
            self.refused[name] = reason

    def state(self):
        names = ("done", "statuses", "persons", "refused", "exported", "failure")
        return {
            "clientId": self.client.client_id,
            **{name: getattr(self, name) for name in names},
            "counts": {
                "job": len(self.jobs),
                "candidate": len(self.candidates),
                "candidate_note": sum(len(each["notes"]) for each in self.candidates),
                "application": len(self.applications),
                "application_note": sum(len(each["notes"]) for each in self.applications),
                "interview_feedback": sum(len(each["interviewFeedback"]) for each in self.applications),
                "stage": sum(len(each["stages"]) for each in self.applications),
                "entity_acl": len(self.secured()),
                "acl_assignee": len(self.secured()) if self.recruiter else 0,
            },
        }

    def run(self):
        """One thing after the other: calls of one resource are to be sequential."""
        while True:
            task = self.work.get()
            try:
                task()
            except (RefusedRequest, OSError, KeyError) as error:
                traceback.print_exc()
                self.failure = str(error)


def handler_of(ats):
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            asked = urlsplit(self.path)
            if asked.path == "/state":
                return self.reply(200, ats.state())
            code = parse_qs(asked.query).get("challengeCode")
            return self.reply(200, ats.answer_challenge(code[0])) if code else self.reply(404, {})

        def do_POST(self):
            body = self.rfile.read(int(self.headers.get("Content-Length", "0")))
            if self.path == "/callback":
                return self.reply(ats.notified(body, self.headers.get("X-LI-Signature")), {})
            if self.path == "/onboarded":  # the page with the onboarding widget posts here
                triples = json.loads(body)
                ats.work.put(lambda: ats.onboarded(triples))
                return self.reply(202, {})
            if self.path == "/leave":
                ats.work.put(ats.leave)
                return self.reply(202, {})
            return self.reply(404, {})

        def reply(self, status, body):
            data = json.dumps(body).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, *_):
            pass

    return Handler


def provision(options):
    """Gives the customer an application of its own; asking again finds the same one."""
    partner = Client(os.environ["PARTNER_CLIENT_ID"], os.environ["PARTNER_CLIENT_SECRET"])
    found = partner.call(
        "GET",
        "/v2/provisionedApplications",
        f"q=credentialsByUniqueForeignId&uniqueForeignId={options.customer}",
    )["elements"]
    made = (
        found[0]
        if found
        else partner.call(
            "POST",
            "/v2/provisionedApplications",
            "",
            {"uniqueForeignId": options.customer, "name": f"{options.name} - {options.customer}", "description": "ATS"},
        )
    )
    return Client(made["credentials"]["client_id"], made["credentials"]["client_secret"])


def main():
    parser = argparse.ArgumentParser()
    for name in ("name", "customer", "organization", "contract", "recruiter"):
        parser.add_argument(f"--{name}", default="")
    parser.add_argument("--port", type=int, default=8095)
    options = parser.parse_args()
    ats = Ats(options, provision(options))
    server = ThreadingHTTPServer(("127.0.0.1", options.port), handler_of(ats))
    options.port = server.server_address[1]
    threading.Thread(target=ats.run, daemon=True).start()
    print(json.dumps({"ready": True, "url": f"http://127.0.0.1:{options.port}"}), flush=True)
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        sys.exit(0)


if __name__ == "__main__":
    main()
