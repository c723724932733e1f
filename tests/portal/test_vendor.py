"""What lies under static/vendor is what `make vendor` wrote, and asks nothing of another host."""

import json
from hashlib import sha256
from pathlib import Path

from django.conf import settings

VENDOR = Path(settings.BASE_DIR) / "static" / "vendor"


def test_vendored_files_are_those_of_the_manifest():
    recorded = json.loads((VENDOR / "manifest.json").read_text("utf-8"))["files"]

    found = {
        str(file.relative_to(VENDOR)): sha256(file.read_bytes()).hexdigest()
        for file in VENDOR.rglob("*")
        if file.is_file() and file.name != "manifest.json"
    }

    assert found == recorded


def test_versions_of_vendored_packages_are_exact():
    package = json.loads((Path(settings.BASE_DIR) / "package.json").read_text("utf-8"))

    versions = [*package["dependencies"].values(), *package["devDependencies"].values()]

    assert [version for version in versions if not version[0].isdigit()] == []


def test_no_vendored_file_names_a_source_map():
    texts = [file for file in VENDOR.rglob("*") if file.suffix in (".js", ".css")]

    assert [file.name for file in texts if "sourceMappingURL" in file.read_text("utf-8")] == []
