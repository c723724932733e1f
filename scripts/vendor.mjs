// Copies the third-party assets the portal serves from node_modules to static/vendor/, so that
// running needs no Node and no other host. Run by `make vendor` after `npm ci --ignore-scripts`.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { buildSync } from "esbuild";
import { ICONS } from "./vendor_icons.mjs";

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
const MODULES = join(ROOT, "node_modules");
const VENDOR = join(ROOT, "static", "vendor");

// Left of the arrow a file of a package, right of it its place under static/vendor/.
const COPIES = {
  "@fontsource/be-vietnam-pro/LICENSE": "fonts/LICENSE",
  "@expo-google-fonts/be-vietnam-pro/LICENSE_FONT": "fonts-pdf/LICENSE",
  "@expo-google-fonts/be-vietnam-pro/400Regular/BeVietnamPro_400Regular.ttf": "fonts-pdf/BeVietnamPro-Regular.ttf",
  "@expo-google-fonts/be-vietnam-pro/600SemiBold/BeVietnamPro_600SemiBold.ttf": "fonts-pdf/BeVietnamPro-SemiBold.ttf",
  "bootstrap/LICENSE": "bootstrap/LICENSE",
  "bootstrap-icons/LICENSE": "icons/LICENSE",
  "barcode-detector/LICENSE": "barcode/LICENSE-barcode-detector",
  "zxing-wasm/LICENSE": "barcode/LICENSE-zxing-wasm",
  "zxing-wasm/dist/reader/zxing_reader.wasm": "barcode/zxing_reader.wasm",
};
for (const weight of [400, 600]) {
  for (const part of ["latin", "latin-ext", "vietnamese"]) {
    const file = `be-vietnam-pro-${part}-${weight}-normal.woff2`;
    COPIES[`@fontsource/be-vietnam-pro/files/${file}`] = `fonts/be-vietnam-pro-${part}-${weight}.woff2`;
  }
}
for (const name of ICONS) COPIES[`bootstrap-icons/icons/${name}.svg`] = `icons/${name}.svg`;

function copyFiles() {
  for (const [from, to] of Object.entries(COPIES)) {
    mkdirSync(dirname(join(VENDOR, to)), { recursive: true });
    cpSync(join(MODULES, from), join(VENDOR, to));
  }
}

// Bootstrap's element defaults without its colour variables: static/css/theme.css sets those it reads.
function trimBootstrap() {
  const css = readFileSync(join(MODULES, "bootstrap/dist/css/bootstrap-reboot.min.css"), "utf8");
  const trimmed = css.replace(/(:root,)?\[data-bs-theme=(light|dark)\]\{[^}]*\}/g, "");
  writeFileSync(join(VENDOR, "bootstrap/reboot.css"), trimmed);
}

function bundleBarcodeReader() {
  buildSync({
    entryPoints: [join(ROOT, "scripts/vendor_barcode.mjs")],
    outfile: join(VENDOR, "barcode/barcode.js"),
    bundle: true, format: "esm", minify: true, target: "es2020", legalComments: "none", nodePaths: [MODULES],
  });
}

// Be Vietnam Pro has no tabular figures; see the script.
function deriveTabularDigits() {
  const python = process.env.PYTHON ?? join(ROOT, ".venv/bin/python");
  const run = spawnSync(python, [join(ROOT, "scripts/tabular_digits.py")], { stdio: "inherit" });
  if (run.status !== 0) process.exit(run.status ?? 1);
}

function filesBelow(folder) {
  return readdirSync(folder).sort().flatMap((name) => {
    const path = join(folder, name);
    return statSync(path).isDirectory() ? filesBelow(path) : [path];
  });
}

// A source map that is not shipped would stop ManifestStaticFilesStorage.
function stripSourceMaps() {
  for (const path of filesBelow(VENDOR).filter((name) => /\.(js|css)$/.test(name))) {
    const text = readFileSync(path, "utf8");
    writeFileSync(path, text.replace(/\n?\/[/*][#@] sourceMappingURL=.*?(\*\/)?\s*$/gm, "") + "\n");
  }
}

function writeManifest() {
  const versions = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")).dependencies;
  const files = Object.fromEntries(filesBelow(VENDOR).map((path) => [
    relative(VENDOR, path), createHash("sha256").update(readFileSync(path)).digest("hex"),
  ]));
  writeFileSync(join(VENDOR, "manifest.json"), JSON.stringify({ packages: versions, files }, null, 1) + "\n");
}

rmSync(VENDOR, { recursive: true, force: true });
copyFiles();
trimBootstrap();
bundleBarcodeReader();
deriveTabularDigits();
stripSourceMaps();
writeManifest();
