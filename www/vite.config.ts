import { fileURLToPath } from "node:url";
import { defineConfig } from "vite";

export default defineConfig({
  // The built page works from any folder of any host.
  base: "./",
  resolve: {
    alias: [
      { find: "gangmu/formats", replacement: fileURLToPath(new URL("../pkg/formats.js", import.meta.url)) },
      { find: "gangmu", replacement: fileURLToPath(new URL("../pkg/gangmu.js", import.meta.url)) },
    ],
  },
  worker: { format: "es" },
  // The samples are the tests' invented reports, one folder up.
  server: { fs: { allow: [".."] } },
  build: {
    // Offices keep browsers for years.
    target: ["chrome96", "firefox102", "safari15.4"],
    // The policy allows no inlined files.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
});
