"""Vietnamese text from before Unicode: telling by content how it was written, and writing it anew."""

from core.legacy_text.judging import certain_words, decode, scripts_of
from core.legacy_text.mojibake import is_lossy, mend_mojibake
from core.legacy_text.scripts import Script
from core.legacy_text.syllables import is_syllable

__all__ = ["Script", "certain_words", "decode", "is_lossy", "is_syllable", "mend_mojibake", "scripts_of"]
