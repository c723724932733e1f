// The barcode reader as one module that fetches its WebAssembly from our own host only.
import { BarcodeDetector, prepareZXingModule } from "barcode-detector/ponyfill";

// Says where zxing_reader.wasm lies and starts loading it; without an address, beside this module.
export function prepareReader(wasmUrl = new URL("zxing_reader.wasm", import.meta.url).href) {
  return prepareZXingModule({ overrides: { locateFile: () => wasmUrl }, fireImmediately: true });
}

prepareZXingModule({ overrides: { locateFile: (file) => new URL(file, import.meta.url).href } });

export { BarcodeDetector };
