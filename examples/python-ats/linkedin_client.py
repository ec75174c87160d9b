"""A client of Recruiter System Connect with nothing but Python's standard library.

The addresses are the original's. Against Carrick's sandbox it runs unchanged: set HTTPS_PROXY and SSL_CERT_FILE as
`carrick sandbox --intercept` prints them.
"""

import json
import threading
import time
import urllib.error
import urllib.parse
import urllib.request

API = "https://api.linkedin.com"
AUTH = "https://www.linkedin.com"
MOST_RECORDS = 100  # in one request
LONGEST_QUERY = 4000  # bytes; a longer one has to go into the body
EARLY_SECONDS = 60  # a token is replaced before it runs out
MOST_ATTEMPTS = 5


class RefusedRequest(Exception):
    """The platform refuses a request as a whole."""

    def __init__(self, status, message):
        super().__init__(f"{status}: {message}")
        self.status = status


class Client:
    def __init__(self, client_id, client_secret):
        self.client_id = client_id
        self.client_secret = client_secret
        self._token = None
        self._token_ends_at = 0.0
        self._lock = threading.Lock()

    # --- HTTP ---------------------------------------------------------------------------------------------------------

    def token(self):
        """One token for all calls, until it is about to run out."""
        with self._lock:
            if time.monotonic() >= self._token_ends_at:
                form = urllib.parse.urlencode(
                    {
                        "grant_type": "client_credentials",
                        "client_id": self.client_id,
                        "client_secret": self.client_secret,
                    }
                )
                headers = {"Content-Type": "application/x-www-form-urlencoded"}
                answer = send("POST", f"{AUTH}/oauth/v2/accessToken", headers, form.encode())
                self._token = answer["access_token"]
                self._token_ends_at = time.monotonic() + int(answer["expires_in"]) - EARLY_SECONDS
            return self._token

    def call(self, method, path, query="", body=None, restli_method=None):
        """One request; a long query is tunnelled, a passing failure tried again."""
        for attempt in range(MOST_ATTEMPTS):
            headers = {"Authorization": f"Bearer {self.token()}"}
            if restli_method:
                headers["X-RestLi-Method"] = restli_method
            data = None if body is None else json.dumps(body).encode()
            if data is not None:
                headers["Content-Type"] = "application/json"
            verb, url = method, f"{API}{path}"
            if len(query) > LONGEST_QUERY:
                verb, headers["X-HTTP-Method-Override"] = "POST", method
                headers["Content-Type"], data = tunnelled(query, data)
            elif query:
                url += f"?{query}"
            try:
                return send(verb, url, headers, data)
            except RefusedRequest as refused:
                if refused.status == 401 and attempt == 0:
                    self._token_ends_at = 0.0
                elif refused.status != 429 and refused.status < 500 or attempt == MOST_ATTEMPTS - 1:
                    raise
                else:
                    time.sleep(min(2**attempt, 10))
        raise AssertionError("unreachable")

    # --- records ------------------------------------------------------------------------------------------------------

    def put(self, resource, records, parent=None):
        """Creates or replaces records: {key: record}. Returns what was refused: {key: reason}."""
        refused = {}
        for some in pages(list(records.items())):
            entities = {body_key(key): record for key, record in some}
            answer = self.call(
                "PUT",
                path_of(resource, parent),
                ids_query(key for key, _ in some),
                {"entities": entities},
                "batch_update",
            )
            refused.update(failures(answer, [key for key, _ in some]))
        return refused

    def delete(self, resource, keys, parent=None):
        """Deletes records. What is gone already counts as deleted."""
        refused = {}
        for some in pages(list(keys)):
            answer = self.call("DELETE", path_of(resource, parent), ids_query(some), None, "batch_delete")
            refused.update(failures(answer, some))
        return {key: reason for key, reason in refused.items() if not reason.startswith("404")}

    def get(self, resource, keys, fields=None):
        """Reads records: {key: entity}; what there is not is left out."""
        found = {}
        for some in pages(list(keys)):
            query = ids_query(some) + (f"&fields={fields}" if fields else "")
            answer = self.call("GET", path_of(resource), query, None, "batch_get")
            known = {parsed(body_key(key)): key for key in some}
            for text, entity in answer.get("results", {}).items():
                found[known[parsed(text)]] = entity
        return found

    def post_jobs(self, jobs):
        """Posts jobs and waits for their tasks: {externalJobPostingId: reason} of those that failed."""
        refused, tasks = {}, {}
        for some in pages(jobs):
            answer = self.call(
                "POST", "/v2/simpleJobPostings", "", {"elements": some}, "batch_create"
            )
            for job, element in zip(some, answer["elements"]):
                job_id = job["externalJobPostingId"]
                if "error" in element or element["status"] >= 400:
                    refused[job_id] = str(element.get("error", {}).get("message", element["status"]))
                else:
                    tasks[element["id"]] = job_id
        for some in pages(list(tasks)):
            query = "&".join(f"ids={urllib.parse.quote(task, safe='')}" for task in some)
            answer = self.call("GET", "/v2/simpleJobPostingTasks", query)
            for task, entity in answer["results"].items():
                if entity["status"] == "FAILED":
                    refused[tasks[urllib.parse.unquote_plus(task)]] = entity.get("errorMessage", "")
        return refused


def send(method, url, headers, data):
    request = urllib.request.Request(url, data=data, headers=headers, method=method)
    try:
        with urllib.request.urlopen(request, timeout=60) as answer:
            text = answer.read().decode()
    except urllib.error.HTTPError as error:
        raise RefusedRequest(error.code, error.read().decode(errors="replace")[:300]) from error
    return json.loads(text) if text else {}


def tunnelled(query, data):
    """The query moved into the body: alone, or as the first part of two."""
    if data is None:
        return "application/x-www-form-urlencoded", query.encode()
    boundary = "part-of-a-tunnelled-request"
    parts = (
        f"--{boundary}\r\nContent-Type: application/x-www-form-urlencoded\r\n\r\n{query}\r\n"
        f"--{boundary}\r\nContent-Type: application/json\r\n\r\n"
    )
    body = parts.encode() + data + f"\r\n--{boundary}--\r\n".encode()
    return f"multipart/mixed; boundary={boundary}", body


# --- keys -------------------------------------------------------------------------------------------------------------
# A key is a tuple of (name, value), or a plain text. On the wire (protocol 1.0.0) a key of several parts is
# `ids[0].name=value&…` in a query, and `name=value&…` in a body and in a path.


def quoted(value):
    return urllib.parse.quote(str(value), safe="")


def body_key(key):
    if isinstance(key, str):
        return key
    return "&".join(f"{name}={quoted(value)}" for name, value in sorted(key))


def parsed(text):
    """Answers order and encode the parts of a key as they like (a space as +): compare what they mean."""
    if "=" not in text:
        return urllib.parse.unquote_plus(text)
    pairs = (pair.split("=", 1) for pair in text.split("&"))
    return frozenset((name, urllib.parse.unquote_plus(value)) for name, value in pairs)


def ids_query(keys):
    parts = []
    for index, key in enumerate(keys):
        if isinstance(key, str):
            parts.append(f"ids={quoted(key)}")
        else:
            parts += [f"ids[{index}].{name}={quoted(value)}" for name, value in key]
    return "&".join(parts)


def path_of(resource, parent=None):
    if parent is None:
        return f"/v2/{resource}"
    parent_resource, key = parent
    return f"/v2/{parent_resource}/{body_key(key)}/{resource}"


def pages(items):
    for start in range(0, len(items), MOST_RECORDS):
        yield items[start : start + MOST_RECORDS]


def failures(answer, keys):
    """HTTP 200 says nothing about a record: each key has its own status, in `errors` or in `results`."""
    refused = {}
    outcomes = {parsed(text): outcome for text, outcome in answer.get("results", {}).items()}
    outcomes.update({parsed(text): outcome for text, outcome in answer.get("errors", {}).items()})
    for key in keys:
        outcome = outcomes.get(parsed(body_key(key)))
        if outcome is None:
            refused[key] = "no answer for this record"
        elif outcome.get("status", 500) >= 400:
            refused[key] = f"{outcome['status']}: {outcome.get('message', '').strip()}"
    return refused
