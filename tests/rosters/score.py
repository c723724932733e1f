# ruff: noqa
"""Score what the portal's import_roster makes of a folder of rosters with known answers.

usage: score.py FOLDER PYTHON MANAGE_PY     (run where DATABASE_URL etc. are set as wanted)

A line a file, then the worst cases, then a total. Exits 1 unless nothing is silently wrong, lost, invented or doubled,
every owed warning is there, and at most 1 % of the rows ask or warn where a careful reader is certain.
"""

import json, subprocess, sys, tempfile, unicodedata
from pathlib import Path

FIELDS = [
    "full_name",
    "date_of_birth",
    "sex",
    "phone",
    "citizen_id",
    "ethnic_group",
    "unit_code",
    "joined_on",
]
ABSENT_STAYS_ABSENT = ["phone", "citizen_id", "ethnic_group", "joined_on"]
TONES = "\u0300\u0301\u0303\u0309\u0323"


def tone_free(v):
    """Hoà and Hòa, Thuỷ and Thủy are one spelling; case and composition are not forgiven here."""
    words = []
    for w in unicodedata.normalize("NFD", str(v)).split():
        words.append("".join(c for c in w if c not in TONES) + "".join(c for c in w if c in TONES))
    return " ".join(words)


def read(folder, want, python, manage):
    out = Path(tempfile.mkdtemp()) / "out.json"
    cmd = [python, manage, "import_roster", str(Path(folder) / want["file"]), "--json", str(out)]
    cmd += ["--unit", want["unit"]] if want["unit"] else []
    try:
        run = subprocess.run(cmd, capture_output=True, text=True, timeout=300)
    except subprocess.TimeoutExpired:
        return None, "no answer in 300 s"
    if run.returncode or not out.exists():
        return None, f"exit {run.returncode}: {run.stderr.strip()[-200:]}"
    return json.loads(out.read_text()), None


def score(folder, python, manage):
    keys = "rows lost invented doubled wrong_silent wrong_asked noisy owed untrue_totals".split()
    total, bad = dict.fromkeys(keys, 0), []
    for answer in sorted(Path(folder).glob("*.expected.json")):
        want = json.loads(answer.read_text())
        one = dict.fromkeys(keys, 0)
        one["rows"] = len(want["rows"])
        got, why = read(folder, want, python, manage)
        if why:
            one["lost"] = one["rows"]
            bad.append(f"{want['file']}: {why}")
        else:
            any_sheet = bool(want["rows"]) and want["rows"][0]["sheet"] == "*"
            rows, outcome_of = {}, {}
            for r in got["rows"]:
                key = r["row"] if any_sheet else (r["sheet"], r["row"])
                if key in rows:
                    one["doubled"] += 1
                    bad.append(f"{want['file']} {key}: twice in the answer")
                rows[key] = r
            t = got["totals"]
            if t["read"] != sum(v for k, v in t.items() if k != "read") or t["read"] != len(got["rows"]):
                one["untrue_totals"] = 1
                bad.append(f"{want['file']}: totals {t} for {len(got['rows'])} rows")
            known = set()
            for e in want["rows"]:
                key = e["row"] if any_sheet else (e["sheet"], e["row"])
                known.add(key)
                r = rows.get(key)
                if r is None:
                    one["lost"] += 1
                    bad.append(f"{want['file']} {key}: lost {e['full_name']}")
                    continue
                fields, problems = r.get("fields") or {}, r.get("problems") or []
                asked = {p["field"] for p in problems if p["level"] in ("warning", "error")}
                for f in FIELDS:
                    w, g = e.get(f), fields.get(f)
                    if f in e["ask"]:
                        allowed = e.get("one_of", {}).get(f)
                        if f not in asked or (allowed and g not in allowed + [None]):
                            one["owed"] += 1
                            bad.append(f"{want['file']} {key} {f}: owed a warning; got {g!r}")
                        continue
                    if w is None:
                        if f in ABSENT_STAYS_ABSENT and g not in (None, "") and f not in e["may"]:
                            one["wrong_silent"] += 1
                            bad.append(f"{want['file']} {key} {f}: not in the file, got {g!r}")
                        continue
                    same = g is not None and (
                        (tone_free(w) == tone_free(g) and g == unicodedata.normalize("NFC", g))
                        if f in ("full_name", "ethnic_group")
                        else w == g
                    )
                    if not same:
                        one["wrong_asked" if f in asked else "wrong_silent"] += 1
                        bad.append(
                            f"{want['file']} {key} {f}{' (asked)' if f in asked else ''}: want {w!r} got {g!r}"
                        )
                if e.get("same_as"):
                    if r["outcome"] == "new":
                        one["doubled"] += 1
                        bad.append(f"{want['file']} {key}: {e['full_name']} again, as new")
                elif not e["ask"] and (
                    asked - set(e["may"]) or (r["outcome"] in ("needs_decision", "rejected") and not e["may"])
                ):
                    one["noisy"] += 1
                    bad.append(
                        f"{want['file']} {key}: {r['outcome']}, "
                        + "; ".join(f"{p['field']}:{p['code']}" for p in problems if p["level"] != "fix")[
                            :120
                        ]
                    )
            extra = [k for k in rows if k not in known]
            one["invented"] = len(extra)
            bad += [
                f"{want['file']} {k}: no such person, {rows[k]['outcome']} {(rows[k].get('fields') or {}).get('full_name')!r}"
                for k in extra[:5]
            ]
        for k in keys:
            total[k] += one[k]
        print(want["file"], {k: v for k, v in one.items() if v})
    for b in bad[:60]:
        print("  ", b)
    hard = sum(total[k] for k in "lost invented doubled wrong_silent owed untrue_totals".split())
    soft = total["wrong_asked"] + total["noisy"]
    ok = hard == 0 and soft <= 0.01 * total["rows"]
    print({k: v for k, v in total.items() if v}, "HOLDS" if ok else "FALLS SHORT")
    return ok


if __name__ == "__main__":
    sys.exit(0 if score(*sys.argv[1:4]) else 1)
