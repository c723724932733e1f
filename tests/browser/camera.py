"""A camera that looks at a QR code: Chromium plays a film made here instead of opening a device."""

from contextlib import contextmanager
from pathlib import Path

import segno

from tests.machines import find_chromium

WIDTH, HEIGHT, FRAMES = 640, 480, 8
WHITE, BLACK, GREY = 235, 16, 128


def camera_flags(film: Path) -> list[str]:
    """The flags that make Chromium see the film, without asking for permission."""
    return [
        "--use-fake-ui-for-media-stream",
        "--use-fake-device-for-media-stream",
        f"--use-file-for-fake-video-capture={film}",
    ]


def _picture(text: str) -> bytes:
    """One frame of luminance: the code as large as fits, black on white."""
    rows = [list(row) for row in segno.make_qr(text, error="m").matrix_iter(border=6)]
    scale = HEIGHT // len(rows)
    left, top = (WIDTH - scale * len(rows)) // 2, (HEIGHT - scale * len(rows)) // 2
    blank = bytes([WHITE]) * WIDTH
    lines = [blank] * top
    for row in rows:
        code = b"".join(bytes([BLACK if dark else WHITE]) * scale for dark in row)
        line = bytes([WHITE]) * left + code
        lines += [line.ljust(WIDTH, bytes([WHITE]))] * scale
    lines += [blank] * (HEIGHT - len(lines))
    return b"".join(lines)


def film_of(text: str | None, path: Path) -> Path:
    """Write a film (YUV4MPEG2) of the QR code of the text; None films a white wall. Chromium loops it."""
    luminance = _picture(text) if text else bytes([WHITE]) * (WIDTH * HEIGHT)
    colour = bytes([GREY]) * (WIDTH * HEIGHT // 2)
    header = f"YUV4MPEG2 W{WIDTH} H{HEIGHT} F10:1 Ip A1:1 C420jpeg\n".encode()
    path.write_bytes(header + (b"FRAME\n" + luminance + colour) * FRAMES)
    return path


@contextmanager
def browser_with_camera(driver, film: Path, flags: list[str]):
    """A Chromium of its own whose camera shows the film; give it the flags of the other browsers."""
    browser = driver.chromium.launch(executable_path=find_chromium(), args=[*flags, *camera_flags(film)])
    try:
        yield browser
    finally:
        browser.close()
