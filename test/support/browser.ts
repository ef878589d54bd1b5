import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { type Browser, chromium } from "playwright-core";

const PLACES = ["chromium", "chromium-browser", "google-chrome-stable", "google-chrome"].map(
  (name) => `/usr/bin/${name}`,
);
const FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/**
 * The Chromium of this machine, or undefined, which the browser tests skip on. Where CI=true they run all the same
 * and fail, since skipping there would hide that nothing was tested.
 */
export function findChromium(): string | undefined {
  const found = PLACES.find((place) => existsSync(place));
  if (found !== undefined || process.env.CI === "true") return found ?? PLACES[0];
  console.warn("Browser tests skipped: no Chromium in /usr/bin (on Debian: apt-get install chromium)");
  return undefined;
}

export function launchChromium(executablePath: string): Promise<Browser> {
  return chromium.launch({ executablePath, args: FLAGS });
}

/** The page as `npm run build` makes it; takes no time when it is up to date. @returns its folder */
export function buildPage(): string {
  execFileSync(process.execPath, ["web/build.mjs"], { stdio: "inherit" });
  return "dist/web";
}
