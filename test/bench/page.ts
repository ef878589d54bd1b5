/** The page in Chromium, before the production server in a process of its own. */
import { gzipSync } from "node:zlib";
import type { Browser, Page } from "playwright-core";
import { WebSocket } from "ws";
import { FootnoteClient } from "../../src/client.ts";
import { percentile } from "../../src/util/statistics.ts";
import { axeFindings } from "../support/axe-findings.ts";
import { findChromium, launchChromium } from "../support/browser.ts";
import { ModelServer } from "../support/model-server/model-server.ts";
import { says } from "../support/model-server/scenario.ts";
import { ServerProcess } from "../support/server-process.ts";
import { developmentQuestions } from "./questions.ts";

const LOADS = 12;
const WORDS = 5000;
const STREAMS = 3;
const TURNS = 150;
/** Milliseconds: between two key presses, two tokens, and two turns of the wheel. */
const KEY_MS = 60;
const TOKEN_MS = 2;
const WHEEL_MS = 16;
const KEYS = 150;
const WHEELS = 300;

export async function benchPage(): Promise<void> {
  const executable = findChromium();
  if (executable === undefined) return;
  const browser = await launchChromium(executable);
  try {
    await withServer({}, async (url) => {
      await benchFirstView(browser, url);
      await benchScrolling(browser, url);
      await benchAxe(browser, url);
    });
    const models = await ModelServer.start();
    models.scripts.answer = () => says(longAnswer(), { gapMs: TOKEN_MS });
    const environment = { ...models.environment("openai"), LLM_TIMEOUT_MS: "120000" };
    await withServer(environment, (url) => benchTyping(browser, url));
    await models.close();
  } finally {
    await browser.close();
  }
}

async function withServer(
  environment: NodeJS.ProcessEnv,
  work: (url: string) => Promise<void>,
): Promise<void> {
  const server = await ServerProcess.start({
    environment: { RATE_LIMIT_PER_MINUTE: "0", LOG_LEVEL: "warn", ...environment },
  });
  try {
    await work(server.url);
  } finally {
    await server.stop();
  }
}

async function open(browser: Browser): Promise<Page> {
  return (await browser.newContext({ viewport: { width: 1280, height: 800 } })).newPage();
}

async function benchFirstView(browser: Browser, url: string): Promise<void> {
  const page = await open(browser);
  const scripts = new Map<string, number>();
  page.on("response", async (response) => {
    if (response.status() !== 200 || response.request().resourceType() !== "script") return;
    scripts.set(
      new URL(response.url()).pathname,
      gzipSync(await response.body(), { level: 6 }).length / 1024,
    );
  });
  const usable: number[] = [];
  for (let load = -1; load < LOADS; load++) {
    await page.goto(url, { waitUntil: "commit" });
    await page.waitForSelector(".suggestions button");
    if (load >= 0) usable.push(await page.evaluate<number>("performance.now()"));
    if (load === -1) await page.waitForLoadState("networkidle");
  }
  const [entry = 0] = [...scripts].filter(([name]) => name.includes("/index-")).map(([, size]) => size);
  const all = [...scripts.values()].reduce((sum, size) => sum + size, 0);
  console.log(
    `JavaScript of the first view, gzip: ${entry.toFixed(0)} KiB, with what comes right after ${all.toFixed(0)} KiB`,
  );
  console.log(`first view with its suggestions, warm: ${figures(usable)} ms`);
  await page.context().close();
}

async function benchScrolling(browser: Browser, url: string): Promise<void> {
  const conversationId = await converse(url);
  const page = await open(browser);
  const began = performance.now();
  await page.goto(`${url}/c/${conversationId}`);
  await page.locator("button.chip, .unknown").first().waitFor();
  const opened = performance.now() - began;
  await page.locator(`.turn:nth-of-type(${TURNS})`).waitFor({ state: "attached" });
  const whole = performance.now() - began;
  console.log(
    `a conversation of ${2 * TURNS} messages: its end in ${opened.toFixed(0)} ms, all of it in ${whole.toFixed(0)} ms`,
  );
  await page.waitForTimeout(1000);
  await page.evaluate(`
    window.frames_ = [];
    const tick = (now) => { frames_.push(now); requestAnimationFrame(tick); };
    requestAnimationFrame(tick)`);
  await page.mouse.move(700, 400);
  for (let turn = 0; turn < WHEELS; turn++) {
    await page.mouse.wheel(0, turn < WHEELS / 2 ? -240 : 240);
    await page.waitForTimeout(WHEEL_MS);
  }
  const frames = await page.evaluate<number[]>("frames_");
  const gaps = frames.slice(1).map((at, index) => at - (frames[index] ?? at));
  const seconds = ((frames.at(-1) ?? 0) - (frames[0] ?? 0)) / 1000;
  console.log(
    `scrolling it: ${(gaps.length / seconds).toFixed(1)} frames/s, gap p95 ${percentile(gaps, 0.95).toFixed(0)} ms, worst ${Math.max(...gaps).toFixed(0)} ms`,
  );
  await page.context().close();
}

/** A conversation of TURNS questions. @returns its id */
async function converse(url: string): Promise<string> {
  const client = new FootnoteClient({ url, WebSocket });
  const questions = developmentQuestions().map(({ question }) => question);
  let conversationId: string | undefined;
  for (let turn = 0; turn < TURNS; turn++) {
    const question = questions[turn % questions.length] ?? "";
    const named = conversationId === undefined ? {} : { conversationId };
    for await (const frame of client.ask({ question, ...named })) {
      if (frame.type === "start") conversationId = frame.conversationId;
    }
  }
  client.close();
  return conversationId ?? "";
}

async function benchAxe(browser: Browser, url: string): Promise<void> {
  const page = await open(browser);
  let found = 0;
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    for (const address of ["/", "/papers", "/map"]) {
      await page.goto(url + address);
      await page.waitForSelector("h1");
      found += (await axeFindings(page)).length;
    }
  }
  console.log(
    `axe-core, serious or critical: ${found} (chat, papers, map, both themes; every view in the tests)`,
  );
  await page.context().close();
}

async function benchTyping(browser: Browser, url: string): Promise<void> {
  const page = await open(browser);
  await page.goto(url);
  await page.waitForSelector(".suggestions button");
  for (let stream = 0; stream < STREAMS; stream++) {
    await page.fill("#question", `What speedup does CoreInfer achieve on an NVIDIA TITAN XP GPU? ${stream}`);
    await page.keyboard.press("Enter");
    await page.waitForSelector(".prose p");
    if (stream < STREAMS - 1) await page.getByRole("button", { name: "New conversation" }).first().click();
  }
  await page.evaluate(`
    window.delays = [];
    new PerformanceObserver((list) => list.getEntries().forEach(({ name, duration }) => {
      if (/^key|input/.test(name)) delays.push(duration);
    })).observe({ type: "event", durationThreshold: 16 })`);
  await page.focus("#question");
  const busySeconds = await busyClock(page);
  const busyBefore = await busySeconds();
  const began = performance.now();
  const before = await page.locator(".prose").evaluate((prose) => prose.textContent?.length ?? 0);
  for (let key = 0; key < KEYS; key++) {
    await page.keyboard.press("abcdefghij "[key % 11] ?? "a");
    await page.waitForTimeout(KEY_MS);
  }
  const after = await page.locator(".prose").evaluate((prose) => prose.textContent?.length ?? 0);
  const busy = (await busySeconds()) - busyBefore;
  const share = busy / ((performance.now() - began) / 1000);
  const delays = await page.evaluate<number[]>("delays");
  console.log(
    `typing while ${STREAMS} answers of ${WORDS} words stream (${before} to ${after} characters shown): ${KEYS} keys, ` +
      `events over 16 ms: ${delays.length}, p95 of these ${percentile(delays, 0.95).toFixed(0)} ms, worst ${Math.max(0, ...delays)} ms`,
  );
  console.log(`  the page's main thread had work for ${(100 * share).toFixed(0)} % of that time`);
  await page.locator(".answer > .actions").waitFor({ timeout: 120_000 });
  const words = (await page.locator(".prose").textContent())?.split(/\s+/).length;
  console.log(`  the answer that was shown has ${words} words in the end`);
  await page.context().close();
}

/** Asks for the processor time, in seconds, that the page's main thread has used: whatever else the machine does. */
async function busyClock(page: Page): Promise<() => Promise<number>> {
  const session = await page.context().newCDPSession(page);
  await session.send("Performance.setTimeDomain", { timeDomain: "threadTicks" });
  await session.send("Performance.enable");
  return async () => {
    const { metrics } = await session.send("Performance.getMetrics");
    return metrics.find(({ name }) => name === "TaskDuration")?.value ?? 0;
  };
}

/** Paragraphs and lists of WORDS words, with a note about every 40. */
function longAnswer(): string {
  const sentence =
    "On an NVIDIA TITAN XP GPU CoreInfer achieves a speedup of ten over the library of Hugging Face";
  const sentences = Math.ceil(WORDS / sentence.split(" ").length);
  return Array.from({ length: sentences }, (_, at) => {
    const end = at % 2 === 0 ? " [1]. " : ". ";
    return `${at % 12 === 5 ? "\n\n- " : at % 6 === 0 && at > 0 ? "\n\n" : ""}${sentence}${end}`;
  }).join("");
}

function figures(values: readonly number[]): string {
  const at = (share: number) => percentile(values, share).toFixed(0);
  return `median ${at(0.5)}, worst ${at(1)} (n=${values.length})`;
}
