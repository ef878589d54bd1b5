/**
 * Builds the page into dist/web, but only when a source has changed since the last build; says nothing when there
 * is nothing to do.
 */
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

const WEB = path.dirname(fileURLToPath(import.meta.url));
const ROOT = path.dirname(WEB);
const SCREENSHOTS = path.join(WEB, "screenshots");
const STAMP = path.join(ROOT, "dist/web/.stamp");
/** What the page imports from src, and what builds it. */
const BESIDES = [
  "src/client",
  "src/protocol",
  "src/util",
  "src/client.ts",
  "src/protocol.ts",
  "src/errors.ts",
];

/** One hash over the names and contents of all sources. */
function sourcesHash() {
  const files = [WEB, ...BESIDES.map((name) => path.join(ROOT, name)), path.join(ROOT, "package-lock.json")]
    .flatMap(filesBelow)
    .filter((file) => !file.includes(SCREENSHOTS))
    .sort();
  const hash = createHash("sha256");
  for (const file of files)
    hash
      .update(`${path.relative(ROOT, file)}\0`)
      .update(readFileSync(file))
      .update("\0");
  return hash.digest("hex");
}

function filesBelow(place) {
  if (!statSync(place).isDirectory()) return [place];
  return readdirSync(place, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name));
}

const hash = sourcesHash();
if (!existsSync(STAMP) || readFileSync(STAMP, "utf8") !== hash) {
  // Also when a test builds: the page is the one that is served.
  process.env.NODE_ENV = "production";
  const { build } = await import("vite");
  await build({ root: WEB, logLevel: "warn" });
  // Last of all: a build that was cut short leaves no stamp, and is made again.
  writeFileSync(STAMP, hash);
}
