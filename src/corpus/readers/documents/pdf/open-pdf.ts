/** A PDF opened by pdf.js, for its text alone. */
import { createRequire } from "node:module";
import path from "node:path";
import { pathToFileURL } from "node:url";

/** Nothing is drawn, so what drawing needs of a browser is only named. */
function nameBrowser(): void {
  const scope = globalThis as unknown as Record<string, unknown>;
  for (const name of ["DOMMatrix", "Path2D", "ImageData"]) scope[name] ??= class {};
}

/**
 * pdf.js leaves out every glyph whose letter shows nothing, a soft hyphen among them, though some typesetters' only
 * hyphen is one: "network" parted at a line's end would read "net work", and "self-made" be "self made". It asks
 * for that with `match`, of one letter.
 */
function keepSoftHyphens(): void {
  if (isKept) return;
  isKept = true;
  const { match } = String.prototype;
  Object.defineProperty(String.prototype, "match", {
    value: function (this: string, pattern: RegExp) {
      return this.length === 1 && String(this) === "\u00ad" ? null : match.call(this, pattern);
    },
    writable: true,
    configurable: true,
  });
}
let isKept = false;

/** @throws Error that says why it cannot be read */
export async function openPdf(bytes: Uint8Array) {
  nameBrowser();
  keepSoftHyphens();
  const pdfjs = await import("pdfjs-dist/legacy/build/pdf.mjs");
  const home = path.dirname(createRequire(import.meta.url).resolve("pdfjs-dist/package.json"));
  const folder = (name: string) => `${pathToFileURL(path.join(home, name)).href}/`.replace("file://", "");
  const task = pdfjs.getDocument({
    data: bytes,
    isEvalSupported: false,
    disableFontFace: true,
    useSystemFonts: false,
    useWorkerFetch: false,
    stopAtErrors: false,
    verbosity: 0,
    cMapUrl: folder("cmaps"),
    cMapPacked: true,
    standardFontDataUrl: folder("standard_fonts"),
  });
  try {
    return await task.promise;
  } catch (error) {
    const name = error instanceof Error ? error.name : "";
    if (name === "PasswordException") throw new Error("is encrypted: save a copy without a password");
    throw new Error(
      `is no PDF that can be read, or is cut off (${error instanceof Error ? error.message : String(error)})`,
    );
  }
}
