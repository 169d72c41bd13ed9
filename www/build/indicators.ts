import type { Plugin } from "vite";

/** Of the lexicon's indicators the page needs the names only: ids, groups and names become a module. */
export function indicators(): Plugin {
  return {
    name: "indicators",
    transform(code, id) {
      if (!id.endsWith("/lexicon/indicators.tsv")) return null;
      const list = code
        .split("\n")
        .filter((line) => line && !/^[#@]/.test(line))
        .map((line) => {
          const [name, group, zh, en] = line.split("\t");
          return { id: name, group, zh, en };
        });
      return { code: `export default ${JSON.stringify(list)};`, moduleType: "js", map: null };
    },
  };
}
