"""Build units/data/units.json.gz, the map of Vietnam's units, from the package `vietnamadminunits`.

    python scripts/build_units.py

Run again only when the package changes; the same package gives the same bytes. The package marks a
default among the new communes of a divided one: it is never used here, every one of them is kept.
"""

import gzip
import json
import re
import sqlite3
import unicodedata
from importlib import metadata, resources
from pathlib import Path

PACKAGE = "vietnamadminunits"
TARGET = Path(__file__).resolve().parent.parent / "units" / "data" / "units.json.gz"
KINDS = {
    "tỉnh": "province",
    "thành phố": "city",
    "huyện": "district",
    "quận": "district",
    "thị xã": "district",
    "phường": "ward",
    "xã": "commune",
    "thị trấn": "township",
    "đặc khu": "special_zone",
}
# Districts whose own word differs from that of their kind ("Huyện") keep it.
PREFIXES = {"quận": "Quận", "thị xã": "Thị xã"}
PLACE = re.compile(rf"^({'|'.join(KINDS)}) (.+)$", re.IGNORECASE)


def read_place(text):
    """ "Thị xã  Phổ Yên" as its kind, the prefix it keeps, and its name."""
    plain = re.sub(r"\s+", " ", unicodedata.normalize("NFC", text)).strip()
    word, name = PLACE.match(plain).groups()
    word = word.lower()
    return KINDS[word], PREFIXES.get(word, ""), name


def point(row, level):
    latitude, longitude = row[f"{level}Lat"], row[f"{level}Lon"]
    return [round(latitude, 5), round(longitude, 5)] if latitude is not None else [None, None]


def successors(conversion, codes):
    """Old commune key → the codes of every commune of today that holds a part of it."""
    found = {}
    for province, communes in conversion["DICT_PROVINCE_WARD_NO_DIVIDED"].items():
        for new_key, old_keys in communes.items():
            for old_key in old_keys:
                found.setdefault(old_key, []).append(codes[province, new_key])
    for province, divided in conversion["DICT_PROVINCE_WARD_DIVIDED"].items():
        for old_key, parts in divided.items():
            for part in parts:
                found.setdefault(old_key, []).append(codes[province, part["newWardKey"]])
    return {key: sorted(targets) for key, targets in found.items()}


def old_communes(rows, targets):
    """The communes of one old district. Five island districts had none: their line hangs on the district."""
    communes = []
    for row in rows:
        key = f"{row['provinceKey']}_{row['districtKey']}_{row['wardKey'] or ''}"
        if row["ward"] is None:
            continue
        kind, _, name = read_place(row["ward"])
        communes.append([row["wardCode"], kind, name, *point(row, "ward"), targets[key]])
    return sorted(communes)


def old_districts(rows, targets):
    """The districts that ended on 30/6/2025, with their communes inside."""
    by_code = {}
    for row in rows:
        by_code.setdefault(row["districtCode"], []).append(row)
    districts = []
    for code, inside in sorted(by_code.items()):
        first = inside[0]
        kind, prefix, name = read_place(first["district"])
        own_line = targets[f"{first['provinceKey']}_{first['districtKey']}_"] if not first["ward"] else []
        communes = old_communes(inside, targets)
        districts.append([code, kind, prefix, name, *point(first, "district"), own_line, communes])
    return districts


def present_communes(rows):
    communes = []
    for row in rows:
        kind, _, name = read_place(row["ward"])
        communes.append([row["wardCode"], kind, name, *point(row, "ward")])
    return sorted(communes)


def provinces(present, old, conversion):
    """Every province of today with its communes and the districts that lay in its bounds."""
    codes = {(row["provinceKey"], row["wardKey"]): row["wardCode"] for row in present}
    targets = successors(conversion, codes)
    by_key = {}
    for row in present:
        by_key.setdefault(row["provinceKey"], []).append(row)
    result = []
    for key, rows in by_key.items():
        kind, _, name = read_place(rows[0]["province"])
        former = conversion["DICT_PROVINCE"][key]
        inside = [row for row in old if row["provinceKey"] in former]
        result.append(
            {
                "code": rows[0]["provinceCode"],
                "kind": kind,
                "name": name,
                "point": point(rows[0], "province"),
                "communes": present_communes(rows),
                "districts": old_districts(inside, targets),
            }
        )
    return sorted(result, key=lambda province: province["code"])


def main():
    data = resources.files(PACKAGE) / "data"
    database = sqlite3.connect(f"file:{data / 'dataset.db'}?mode=ro", uri=True)
    database.row_factory = sqlite3.Row
    present = database.execute("SELECT * FROM admin_units").fetchall()
    old = database.execute("SELECT * FROM admin_units_legacy").fetchall()
    conversion = json.loads((data / "converter_2025.json").read_text(encoding="utf-8"))
    content = {
        "source": f"{PACKAGE} {metadata.version(PACKAGE)} (MIT)",
        "provinces": provinces(present, old, conversion),
    }
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    TARGET.write_bytes(gzip.compress(text.encode(), compresslevel=9, mtime=0))
    print(
        f"{TARGET.name}: {len(content['provinces'])} provinces, {len(present)} communes, {len(old)} old rows"
    )


if __name__ == "__main__":
    main()
