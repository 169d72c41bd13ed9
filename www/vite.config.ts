import { fileURLToPath } from "node:url";
import { defineConfig } from "vite";
import { indicators } from "./build/indicators.ts";
import { boot, offline, single, withoutUrls } from "./build/page.ts";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** `vite build` makes the page as a folder, `vite build --mode single` adds the page as one file. */
export default defineConfig(({ mode }) => {
  const one = mode === "single";
  return {
    // The built page works from any folder of any host.
    base: "./",
    plugins: [boot(), indicators(), one ? single() : offline()],
    resolve: {
      alias: [
        { find: "gangmu/formats", replacement: here("../pkg/formats.js") },
        { find: "gangmu", replacement: here("../pkg/gangmu.js") },
        ...(one ? [{ find: /^\.{1,2}\/(host|modules)\.ts$/, replacement: here("src/single/$1.ts") }] : []),
      ],
    },
    worker: one ? { format: "iife" as const, plugins: () => [withoutUrls()] } : { format: "es" as const },
    // The samples are the tests' invented reports, one folder up.
    server: { fs: { allow: [".."] } },
    build: {
      // Offices keep browsers for years.
      target: ["chrome109", "edge109", "firefox115", "safari16.4"],
      // The policy allows no inlined files.
      assetsInlineLimit: 0,
      modulePreload: one ? false : { polyfill: false },
      ...(one && { emptyOutDir: false, copyPublicDir: false, cssCodeSplit: false }),
      ...(one && { rolldownOptions: { output: { codeSplitting: false } } }),
    },
  };
});
