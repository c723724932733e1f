// Opens the camera and reads QR codes from it. Loaded by check_in.js when the page wants to scan.

const PAUSE = 120;

async function detectorOf(barcode, wasm) {
  const formats = ["qr_code"];
  if ("BarcodeDetector" in globalThis) {
    const known = await globalThis.BarcodeDetector.getSupportedFormats().catch(() => []);
    if (known.includes("qr_code")) return new globalThis.BarcodeDetector({ formats });
  }
  const { BarcodeDetector, prepareReader } = await import(barcode);
  await prepareReader(wasm);
  return new BarcodeDetector({ formats });
}

function offerTorch(track, button) {
  if (!track.getCapabilities?.().torch) return;
  button.hidden = false;
  button.addEventListener("click", () => {
    const torch = button.getAttribute("aria-pressed") !== "true";
    button.setAttribute("aria-pressed", String(torch));
    track.applyConstraints({ advanced: [{ torch }] });
  });
}

// Resolves once codes are being read; `onCode` gets every code seen, again and again while in sight.
// Rejects when there is no camera, no permission, or no reader.
export async function openScanner({ video, torch, barcode, wasm, onCode }) {
  if (!navigator.mediaDevices?.getUserMedia) throw new Error("no camera");
  const wanted = { video: { facingMode: "environment", width: { ideal: 1280 }, height: { ideal: 720 } }, audio: false };
  const stream = await navigator.mediaDevices.getUserMedia(wanted);
  video.srcObject = stream;
  await video.play();
  offerTorch(stream.getVideoTracks()[0], torch);
  const detector = await detectorOf(barcode, wasm);

  async function look() {
    try {
      if (!document.hidden && video.readyState >= video.HAVE_CURRENT_DATA) {
        for (const found of await detector.detect(video)) onCode(found.rawValue);
      }
    } catch {
      // a frame that could not be read: the next one follows at once
    }
    setTimeout(look, PAUSE);
  }
  look();
}
