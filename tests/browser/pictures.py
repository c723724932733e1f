"""Pictures of pages, small enough to be kept beside the documents that show them."""

import struct
import zlib

MOST_BYTES = 150_000
SIGNATURE = b"\x89PNG\r\n\x1a\n"
RGB = 3


def keep_picture(tab, path):
    """Save what the window shows. Raises AssertionError when the picture is too big to keep."""
    tab.evaluate("document.activeElement.blur()")
    tab.mouse.move(0, 0)
    picture = packed(tab.screenshot(animations="disabled", caret="hide"))
    assert len(picture) <= MOST_BYTES, f"{path}: {len(picture)} bytes"
    path.write_bytes(picture)


def packed(picture):
    """The same pixels, packed as tightly as pages of text allow: without filters, a fifth is saved."""
    chunks = list(_chunks(picture))
    head = next(content for kind, content in chunks if kind == b"IHDR")
    width, height, _, colours = struct.unpack(">IIBB", head[:10])
    assert colours == 2, "a screenshot is RGB"
    packed_lines = zlib.decompress(b"".join(content for kind, content in chunks if kind == b"IDAT"))
    plain = b"".join(b"\0" + line for line in _lines(packed_lines, width * RGB, height))
    kept = [(b"IHDR", head), (b"IDAT", zlib.compress(plain, 9)), (b"IEND", b"")]
    return SIGNATURE + b"".join(_chunk(kind, content) for kind, content in kept)


def _chunks(picture):
    at = len(SIGNATURE)
    while at < len(picture):
        size, kind = struct.unpack(">I4s", picture[at : at + 8])
        yield kind, picture[at + 8 : at + 8 + size]
        at += size + 12


def _chunk(kind, content):
    return struct.pack(">I4s", len(content), kind) + content + struct.pack(">I", zlib.crc32(kind + content))


def _lines(data, size, height):
    """The lines of pixels, each without the filter that its first byte names (PNG, section 9)."""
    above = bytes(size)
    for at in range(0, height * (size + 1), size + 1):
        guess, line = data[at], bytearray(data[at + 1 : at + 1 + size])
        for i in range(size) if guess else ():
            left, corner = (line[i - RGB], above[i - RGB]) if i >= RGB else (0, 0)
            line[i] = (line[i] + _guessed(guess, left, above[i], corner)) & 255
        above = bytes(line)
        yield above


def _guessed(guess, left, up, corner):
    if guess < 4:
        return (left, up, (left + up) // 2)[guess - 1]
    aim = left + up - corner
    return min((left, up, corner), key=lambda near: abs(aim - near))
