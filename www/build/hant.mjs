// Writes the locale in Traditional Chinese from the one in Simplified: OpenCC's words, then those of `hant.tsv`.
// `npm run locales` writes it; a test says where that was forgotten.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { Converter, CustomConverter } from "opencc-js";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const read = (path) => readFileSync(here(path), "utf8");
export const LOCALE = here("../src/locales/zh-Hant.ts");

const own = read("../src/locales/hant.tsv")
  .split("\n")
  .filter((line) => line && !line.startsWith("#"))
  .map((line) => line.split("\t"));
const words = Converter({ from: "cn", to: "twp" });
const fitted = CustomConverter(own);
const traditional = (text) => fitted(words(text));

/** The core's sentences for people, cut where something is put into them. */
function sentences() {
  const folder = here("../../src");
  const files = readdirSync(folder, { recursive: true }).filter((name) => name.endsWith(".rs"));
  const found = files.sort().flatMap((name) => {
    const [code] = readFileSync(`${folder}/${name}`, "utf8").split("#[cfg(test)]");
    const messages = name === "error.rs" ? code : [...code.matchAll(/(?:message: |warn\()[^;]*;/gs)].join("\n");
    return [...messages.matchAll(/"([^"\n]*\p{Script=Han}[^"\n]*)"/gu)].flatMap(([, text]) =>
      text.replaceAll("\\u{fffd}", "\ufffd").split(/\{[^}]*\}/),
    );
  });
  return [...new Set(found)].map((part) => part.trim()).filter((part) => traditional(part) !== part);
}

/** The file's text. */
export function hant() {
  const core = sentences().map((part) => `  [${JSON.stringify(part)}, ${JSON.stringify(traditional(part))}],\n`);
  const locale = traditional(read("../src/locales/zh.ts"))
    .replace("export const zh = {", "export const zhHant = {")
    .replace('lang: "zh-Hans"', 'lang: "zh-Hant"')
    .replace(/\nexport type Messages = .*\n/, "");
  return [
    "// Written by `npm run locales` from zh.ts and hant.tsv: change those.\n",
    `${locale.trim()}\n`,
    "\n/** What the core says in Simplified Chinese, by its parts. */\n",
    `export const core: [string, string][] = [\n${core.join("")}];\n`,
  ].join("");
}

if (process.argv[1] === fileURLToPath(import.meta.url)) writeFileSync(LOCALE, hant());
