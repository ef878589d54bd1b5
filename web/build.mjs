/**
 * Builds the page into dist/web, but only when a source has changed since the last build; says nothing when there
 * is nothing to do.
 */
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

const WEB = path.dirname(fileURLToPath(import.meta.url));
const ROOT = path.dirname(WEB);
const STAMP = path.join(ROOT, "dist/web/.stamp");
/** What the page imports from src, and what builds it. */
const BESIDES = ["src/protocol.ts", "src/errors.ts", "package-lock.json"];

/** One hash over the names and contents of all sources. */
function sourcesHash() {
  const own = readdirSync(WEB, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.parentPath.includes("screenshots"))
    .map((entry) => path.join(entry.parentPath, entry.name));
  const files = [...own, ...BESIDES.map((name) => path.join(ROOT, name))].sort();
  const hash = createHash("sha256");
  for (const file of files)
    hash
      .update(`${path.relative(ROOT, file)}\0`)
      .update(readFileSync(file))
      .update("\0");
  return hash.digest("hex");
}

const hash = sourcesHash();
if (!existsSync(STAMP) || readFileSync(STAMP, "utf8") !== hash) {
  const { build } = await import("vite");
  await build({ root: WEB, logLevel: "warn" });
  // Last of all: a build that was cut short leaves no stamp, and is made anew.
  writeFileSync(STAMP, hash);
}
