// What of the built page is newer than the oldest browsers that it is for, by MDN's table of compatibility.
import { createRequire } from "node:module";
import { parse } from "acorn";
import postcss from "postcss";

const data = createRequire(import.meta.url)("@mdn/browser-compat-data");

export const OLDEST = { chrome: "109", edge: "109", firefox: "115", safari: "16.4" };

const number = (version) => version.replace("≤", "").split(".").map(Number);

function isOlder(version, than) {
  const [a, b] = [number(version), number(than)];
  return a[0] < b[0] || (a[0] === b[0] && (a[1] ?? 0) <= (b[1] ?? 0));
}

/** Whether all of them have it, without a prefix or a flag. */
function isOldEnough({ support }) {
  return Object.entries(OLDEST).every(([browser, oldest]) =>
    [support[browser] ?? []].flat().some(({ version_added: added, version_removed: removed, flags, prefix, alternative_name: other }) => {
      if (flags || prefix || other || typeof added !== "string" || added === "preview") return false;
      return isOlder(added, oldest) && !(removed && isOlder(removed, oldest));
    }),
  );
}

/** Names and whether something of that name is old enough; a name may stand for several things. */
class Names {
  known = new Map();
  add(name, compat) {
    this.known.set(name, this.known.get(name) || isOldEnough(compat));
  }
  isTooNew(name) {
    return this.known.get(name) === false;
  }
}

const globals = new Names();
const members = new Names();
for (const place of [data.api, data.javascript.builtins, data.webassembly.api]) {
  for (const [name, entry] of Object.entries(place)) {
    if (entry.__compat) globals.add(name, entry.__compat);
    for (const [member, { __compat }] of Object.entries(entry)) {
      if (__compat) members.add(member.replace(/_(static|event)$/, ""), __compat);
    }
  }
}
const attributes = new Names();
for (const place of [data.html.global_attributes, ...Object.values(data.html.elements)]) {
  for (const [name, { __compat }] of Object.entries(place)) if (__compat) attributes.add(name, __compat);
}

function* walk(node, parent = null) {
  yield [node, parent];
  for (const value of Object.values(node)) {
    for (const child of Array.isArray(value) ? value : [value]) {
      if (typeof child?.type === "string") yield* walk(child, node);
    }
  }
}

/** The attributes that are set by `x.setAttribute("name", …)` and by the page's own `h("div", { name: … })`. */
function attributesOf({ callee, arguments: [first, second] }) {
  if (typeof first?.value !== "string") return [];
  if (/^(set|toggle)Attribute$/.test(callee.property?.name)) return [first.value];
  return second?.type === "ObjectExpression" ? second.properties.map(({ key }) => key?.name ?? key?.value) : [];
}

const scripts = new Map();

/** A script's tree; the same text is parsed once. */
function treeOf(code, ecmaVersion) {
  const key = `${ecmaVersion} ${code}`;
  if (!scripts.has(key)) scripts.set(key, parse(code, { ecmaVersion, sourceType: ecmaVersion > 5 ? "module" : "script" }));
  return scripts.get(key);
}

/** The members that a script defines itself. */
export function namesIn(code, ecmaVersion = 2022) {
  const names = new Set();
  for (const [node] of walk(treeOf(code, ecmaVersion))) {
    if (["Property", "MethodDefinition", "PropertyDefinition"].includes(node.type)) names.add(node.key.name);
    if (node.type === "AssignmentExpression" && node.left.type === "MemberExpression") {
      const isOwn = node.left.object.type === "ThisExpression" || /Function/.test(node.right.type);
      if (isOwn) names.add(node.left.property.name);
    }
  }
  return names;
}

/** What is too new in a script: its grammar, what it calls, and attributes that it sets. What is named in `own` is its own. */
export function newerInScript(code, { ecmaVersion = 2022, own = [] } = {}) {
  let tree;
  try {
    tree = treeOf(code, ecmaVersion);
  } catch (error) {
    return [`grammar: ${error.message}: ${code.slice(error.pos - 20, error.pos + 30)}`];
  }
  const found = new Set();
  const names = new Set([...own, ...namesIn(code, ecmaVersion)]);
  for (const [node, parent] of walk(tree)) {
    const isName = node.type === "Identifier";
    if (isName && parent.type === "MemberExpression" && parent.property === node && !parent.computed) {
      if (members.isTooNew(node.name) && !names.has(node.name)) found.add(`.${node.name}`);
    } else if (isName && parent.type === "Property" && parent.key === node) {
      // A name of its own.
    } else if (isName && /^[A-Z]\w{3}/.test(node.name) && globals.isTooNew(node.name)) found.add(node.name);
    else if (node.type === "CallExpression") {
      for (const name of attributesOf(node)) if (attributes.isTooNew(name)) found.add(`${name}=`);
    }
  }
  return [...found];
}

/** Functions of CSS by their names, however deep they stand in the table. */
const functions = new Names();
(function gather(place) {
  for (const [name, entry] of Object.entries(place)) {
    if (name === "__compat" || typeof entry !== "object") continue;
    if (entry.__compat) functions.add(name, entry.__compat);
    gather(entry);
  }
})(data.css.types);

/** Where these are not known the paper is cut less well, and nothing is lost. */
const FOR_PAPER = ["@page", "size:", "break-after: avoid"];

/** What is too new in a style sheet. A property may have its prefixed name beside it; what stands in @supports is asked for with care. */
export function newerInStyle(text) {
  const found = new Set();
  const check = (entry, what) => {
    if (entry?.__compat && !isOldEnough(entry.__compat)) found.add(what);
  };
  const { properties, selectors } = data.css;
  postcss.parse(text).walk((node) => {
    for (let at = node; at; at = at.parent) if (at.name === "supports") return;
    if (node.type === "atrule") {
      const entry = data.css["at-rules"][node.name];
      check(entry, `@${node.name}`);
      if (node.name === "media") for (const [, name] of node.params.matchAll(/\(([\w-]+)/g)) check(entry[name], `@media (${name})`);
    } else if (node.type === "rule" && node.parent.name !== "keyframes") {
      if (node.parent.type === "rule") check(selectors.nesting, "nesting");
      for (const [, name] of node.selector.matchAll(/::?([a-z][a-z-]*)/g)) check(selectors[name], `:${name}`);
    } else if (node.type === "decl" && !/^-/.test(node.prop)) {
      const entry = properties[node.prop];
      const isPrefixed = node.parent.nodes.some(({ prop }) => prop?.endsWith(`-${node.prop}`) && prop.startsWith("-"));
      if (!isPrefixed) check(entry, `${node.prop}:`);
      for (const [word] of node.value.matchAll(/[a-z][\w-]*/g)) {
        const isCall = node.value.includes(`${word}(`);
        if (entry?.[word] && isPrefixed) continue;
        if (entry?.[word]) check(entry[word], `${node.prop}: ${word}`);
        else if (isCall && functions.isTooNew(word)) found.add(`${word}()`);
      }
    }
    if (node.type === "decl" && /^--/.test(node.prop)) {
      for (const [, word] of node.value.matchAll(/([a-z][\w-]*)\(/g)) if (functions.isTooNew(word)) found.add(`${word}()`);
    }
  });
  return [...found].filter((what) => !FOR_PAPER.includes(what));
}
