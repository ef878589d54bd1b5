/** `npm run bench [-- NAME…]`: prints the figures of the project. Without a name, all of them. */

/** Loaded when asked for: one that cannot run does not keep the others from it. */
const BENCHES: Record<string, () => Promise<void>> = {
  startup: async () => (await import("./startup.ts")).benchStartup(),
  latency: async () => (await import("./latency.ts")).benchLatency(),
  find: async () => (await import("./find.ts")).benchFind(),
  fusion: async () => (await import("./fusion.ts")).benchFusion(),
  load: async () => (await import("./load.ts")).benchLoad(),
  page: async () => (await import("./page.ts")).benchPage(),
  size: async () => (await import("./size.ts")).benchSize(),
  map: async () => (await import("./map.ts")).benchMap(),
  model: async () => (await import("./model.ts")).benchModel(),
  flood: async () => (await import("./flood.ts")).benchFlood(),
  calibrate: async () => (await import("./calibrate.ts")).benchCalibrate(),
  answered: async () => (await import("./answered.ts")).benchAnswered(),
  support: async () => (await import("./support.ts")).benchSupport(),
  reader: async () => (await import("./reader.ts")).benchReader(),
  runtime: async () => (await import("./runtime.ts")).benchRuntime(),
  conversations: async () => (await import("./conversations.ts")).benchConversations(),
  locked: async () => (await import("./locked.ts")).benchLocked(),
  kills: async () => (await import("./kills.ts")).benchKills(),
  slack: async () => (await import("./slack.ts")).benchSlack(),
  patterns: async () => (await import("./patterns.ts")).benchPatterns(),
  odd: async () => (await import("./odd.ts")).benchOdd(),
  walk: async () => (await import("./walk.ts")).benchWalk(),
  "ingest-kills": async () => (await import("./ingest-kills.ts")).benchIngestKills(),
  formats: async () => (await import("./formats.ts")).benchFormats(),
  hostile: async () => (await import("./hostile.ts")).benchHostile(),
  protocols: async () => (await import("./protocols.ts")).benchProtocols(),
  pdfs: async () => (await import("./pdfs.ts")).benchPdfs(),
};

const names = process.argv.length > 2 ? process.argv.slice(2) : Object.keys(BENCHES);
for (const name of names) {
  const bench = BENCHES[name];
  if (bench === undefined) {
    console.error(`there is no bench "${name}": ${Object.keys(BENCHES).join(", ")}`);
    process.exit(2);
  }
  console.log(`\n── ${name}`);
  await bench();
}
