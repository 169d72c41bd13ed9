// What Vite does not do of itself: the sentence for old browsers, the policy, and the page in one file.
import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import type { Plugin } from "vite";
import { icon } from "./icons.ts";

const here = (path: string) => new URL(path, import.meta.url);
const BOOT = "<!-- boot -->";
const POLICY = /(http-equiv="Content-Security-Policy"\s+content=")[^"]*"/;

/** As the policy names a script or a style that stands in the page. */
const hash = (text: string) => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;

/** Without comments and indentation; a minifier would write it in newer words. */
const small = (code: string) => code.replace(/^\s*(\/\/.*)?\n?/gm, "").trim();

/** Puts `boot.js` into the page and lets the policy allow it. */
export function boot(): Plugin {
  return {
    name: "boot",
    transformIndexHtml: {
      order: "pre",
      handler(html) {
        const script = small(readFileSync(here("boot.js"), "utf8"));
        return html.replace(BOOT, () => `<script>${script}</script>`).replace("script-src ", `script-src ${hash(script)} `);
      },
    },
  };
}

/** Adds the icons, and the worker that keeps all files for visits without a network. */
export function offline(): Plugin {
  return {
    name: "offline",
    apply: "build",
    enforce: "post",
    // After Vite has put its own last words in.
    generateBundle: {
      order: "post",
      handler(_, bundle) {
        const files = new Map<string, string | Uint8Array>();
        for (const [name, file] of Object.entries(bundle)) files.set(name, file.type === "chunk" ? file.code : file.source);
        for (const name of readdirSync(here("../public"))) files.set(name, readFileSync(here(`../public/${name}`)));
        for (const [fileName, source] of [
          ["icon-180.png", icon(180, true)],
          ["icon-192.png", icon(192)],
          ["icon-512.png", icon(512)],
          ["icon-full.png", icon(512, true)],
        ] as const) {
          this.emitFile({ type: "asset", fileName, source });
          files.set(fileName, source);
        }
        const names = [...files.keys()].sort();
        const version = createHash("sha256");
        for (const name of names) version.update(`${name}\0`).update(files.get(name)!).update("\0");
        const source = readFileSync(here("sw.js"), "utf8")
          .replace("%VERSION%", version.digest("hex").slice(0, 16))
          .replace('"%FILES%"', () => JSON.stringify(names));
        this.emitFile({ type: "asset", fileName: "sw.js", source });
      },
    },
  };
}

/** The modules come from the page, so their scripts need not find them. */
export function withoutUrls(): Plugin {
  return {
    name: "without-urls",
    enforce: "pre",
    transform(code, id) {
      if (/\/pkg\/\w+\.js$/.test(id)) return code.replace(/new URL\('\w+_bg\.wasm', import\.meta\.url\)/, "undefined");
    },
  };
}

/** Blocks of data by name, compressed. */
const BLOCKS = {
  core: here("../../pkg/gangmu_bg.wasm"),
  formats: here("../../pkg/formats_bg.wasm"),
  "sample-0": here("../../tests/fixtures/yunze-2024/source.txt"),
  "sample-1": here("../../tests/fixtures/qingping-2023/source.txt"),
  "sample-2": here("../../tests/fixtures/hechuan-2024/source.html"),
};

/** Writes everything into `gangmu.html`, whose policy allows just what stands in it and no connection to anybody. */
export function single(): Plugin {
  return {
    name: "single",
    enforce: "post",
    // After Vite has put its own last words in.
    generateBundle: {
      order: "post",
      handler(_, bundle) {
        const take = (ending: string) => {
          const [name, ...more] = Object.keys(bundle).filter((name) => name.endsWith(ending));
          if (more.length > 0) this.error(`one file cannot hold several: ${more}`);
          const file = bundle[name!]!;
          delete bundle[name!];
          return file.type === "chunk" ? file.code : String(file.source);
        };
        const script = take(".js").trim().replaceAll("</script", "<\\/script");
        const style = take(".css").trim();
        const icon = readFileSync(here("../public/icon.svg")).toString("base64");
        const blocks = Object.entries(BLOCKS).map(([name, file]) => {
          const data = gzipSync(readFileSync(file), { level: 9 }).toString("base64");
          return `<script type="application/gzip" id="data-${name}">${data}</script>\n`;
        });
        const page = take(".html");
        const scripts = [...page.matchAll(/<script>(.*?)<\/script>/gs)].map(([, code]) => hash(code!));
        const policy = [
          "default-src 'none'",
          `script-src ${[...scripts, hash(script)].join(" ")} 'wasm-unsafe-eval'`,
          "worker-src blob:",
          `style-src ${hash(style)}`,
          "img-src data: blob:",
          "base-uri 'none'",
          "form-action 'none'",
        ].join("; ");
        const source = page
          .replace(POLICY, (_, head) => `${head}${policy}"`)
          .replace(/<link rel="(manifest|apple-touch-icon)"[^>]*>\s*/g, "")
          .replace(/(<link rel="icon" href=")[^"]*"/, (_, head) => `${head}data:image/svg+xml;base64,${icon}"`)
          .replace(/<link rel="stylesheet"[^>]*>/, () => `<style>${style}</style>`)
          .replace(/<script type="module"[^>]*><\/script>\s*/, "")
          .replace("</body>", () => `${blocks.join("")}<script type="module">${script}</script>\n</body>`);
        this.emitFile({ type: "asset", fileName: "gangmu.html", source });
        for (const name of Object.keys(bundle)) if (name !== "gangmu.html") delete bundle[name];
      },
    },
  };
}
