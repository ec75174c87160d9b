"""What this applicant tracking system holds: enough that batches are full and queries have to be tunnelled."""

DAY_MS = 24 * 3600 * 1000
BEGIN_MS = 1_700_000_000_000
STAGES = ("Applied", "Phone screen", "Interview", "Offer")
FIRST_NAMES = ("Ada", "Bram", "Chidi", "Dalia", "Emre", "Freya", "Goran", "Hana")
LAST_NAMES = ("Okafor", "Lindqvist", "Marchetti", "Novak", "Petrov", "Quist", "Rahman", "Sørensen", "Tanaka")
OWNER = {"firstName": "Odile", "lastName": "Marchand"}


def jobs():
    titles = ("Bridge engineer", "Signal planner", "Harbour pilot", "Night shift lead", "Track welder")
    return [
        {
            "externalJobPostingId": f"PY-{number}",
            "title": title,
            "description": f"<p>{title}: plans, calculates and supervises, together with a team of six.</p>",
            "location": "Lyon, France",
            "companyApplyUrl": f"https://ats.example.com/apply/PY-{number}",
            "listedAt": BEGIN_MS + number * DAY_MS,
            "availability": "PRIVATE_TO_ATS_INTEGRATION",
            "state": "CLOSED" if number == 4 else "LISTED",
            "accessRestricted": number == 3,
        }
        for number, title in enumerate(titles)
    ]


def candidates():
    rows = []
    for number in range(130):
        first, last = FIRST_NAMES[number % 8], LAST_NAMES[number % 9]
        record = {
            "firstName": first,
            "lastName": last,
            "emailAddresses": [f"{first}.{number}@people.example".lower()],
            "phoneNumbers": [{"number": f"+33 6 {number:08d}"}],
            "addresses": [{"city": "Lyon", "country": "FR"}],
            "currentCompanyName": f"Company {number % 20}",
            "currentJobTitle": "Engineer",
            "externalProfileUrl": f"https://ats.example.com/candidates/{number}",
            "atsCreatedAt": BEGIN_MS + number * DAY_MS,
            "atsLastModifiedAt": BEGIN_MS + (number + 1) * DAY_MS,
        }
        if number == 17:
            record["emailAddresses"] = ["not an address"]  # one bad record never fails its neighbours
        note = {"note": f"Met at the fair in {2020 + number % 5}.", "author": OWNER, "atsCreatedAt": BEGIN_MS}
        rows.append({"id": f"C {number}/&=", "record": record, "notes": {f"N-{number}": note} if number % 13 == 0 else {}})
    return rows


def applications(people, openings):
    rows = []
    for number, person in enumerate(people[:40]):
        job = openings[number % len(openings)]
        created = BEGIN_MS + number * DAY_MS
        reached = number % len(STAGES)
        rows.append(
            {
                "id": f"A-{number}",
                "record": {
                    "atsCandidateId": person["id"],
                    "atsJobPostingId": job["externalJobPostingId"],
                    "atsJobPostingName": job["title"],
                    "firstName": person["record"]["firstName"],
                    "lastName": person["record"]["lastName"],
                    "source": "Careers page",
                    "dispositionReason": "Position filled" if number % 10 == 9 else None,
                    "atsCreatedAt": created,
                    "atsLastModifiedAt": created + DAY_MS,
                },
                "stages": {
                    f"S-{number}-{step}": {"stage": STAGES[step], "atsCreatedAt": created + step * DAY_MS}
                    for step in range(reached + 1)
                },
                "interviewFeedback": {
                    f"F-{number}": {
                        "interviewer": OWNER,
                        "evaluations": [{"attribute": "Care", "result": "4/5"}],
                        "feedback": "Explained everything twice.",
                        "interviewType": "ONSITE",
                        "atsCreatedAt": created,
                    }
                }
                if reached >= 2
                else {},
                "notes": {f"M-{number}": {"note": "Can start at once.", "author": OWNER, "atsCreatedAt": created}}
                if number % 7 == 0
                else {},
            }
        )
    return rows
