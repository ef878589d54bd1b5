import { defineConfig } from "vite";

/** The server that `vite web` passes questions on to. */
const SERVER = "http://127.0.0.1:3000";

export default defineConfig({
  // The server says where the page lies: it writes the path into index.html, and what that loads finds the rest beside it.
  base: "./",
  build: {
    outDir: "../dist/web",
    emptyOutDir: true,
    target: "es2022",
    // The content security policy allows nothing inline, and no data: addresses.
    assetsInlineLimit: 0,
    modulePreload: false,
    reportCompressedSize: false,
    rolldownOptions: {
      onLog(level, log, report) {
        // "use client" is for servers that render; Radix has it in every file.
        if (log.code !== "MODULE_LEVEL_DIRECTIVE") report(level, log);
      },
    },
  },
  server: {
    proxy: { "/api": SERVER, "/ready": SERVER, "/ws": { target: SERVER, ws: true } },
  },
});
