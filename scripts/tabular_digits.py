"""Derives the tabular digits from Be Vietnam Pro, which has none: 0-9 only, each centred in one width.

Run by `scripts/vendor.mjs`; needs fonttools and brotli. The same input gives the same bytes.
"""

from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

VENDOR = Path(__file__).resolve().parent.parent / "static" / "vendor"
WIDTH = 664
SOURCES = {400: "BeVietnamPro-Regular.ttf", 600: "BeVietnamPro-SemiBold.ttf"}


def only_digits(font: TTFont) -> None:
    """Keep the ten digits, without kerning or alternates that would move them again."""
    subsetter = Subsetter(
        Options(layout_features=[], hinting=False, notdef_outline=True, name_IDs=[0, 13, 14])
    )
    subsetter.populate(text="0123456789")
    subsetter.subset(font)


def centre(font: TTFont) -> None:
    """Give every digit the same advance and move its outline to the middle of it."""
    cmap, glyphs, metrics = font.getBestCmap(), font["glyf"], font["hmtx"]
    for name in sorted(set(cmap.values())):
        glyph = glyphs[name]
        left = round((WIDTH - (glyph.xMax - glyph.xMin)) / 2)
        glyph.coordinates.translate((left - glyph.xMin, 0))
        glyph.recalcBounds(glyphs)
        metrics[name] = (WIDTH, left)


for weight, file in SOURCES.items():
    source = TTFont(VENDOR / "fonts-pdf" / file, recalcTimestamp=False)
    only_digits(source)
    centre(source)
    source.flavor = "woff2"
    source.save(VENDOR / "fonts" / f"be-vietnam-pro-tabular-{weight}.woff2")
