// Keeps the page for days without a network. A version is kept whole from its first visit on; a newer one waits until the
// reader asks for it. `build/page.ts` puts the version and its files in.
/* global self, caches, fetch */
const VERSION = "%VERSION%";
const FILES = "%FILES%";

/** Other folders of the host may have pages of their own. */
const OURS = `gangmu ${self.registration.scope} `;
const address = (file) => new URL(file, self.registration.scope).href;
/** Their names change with what is in them. */
const isLasting = (file) => file.startsWith("assets/");

async function keep() {
  const cache = await caches.open(OURS + VERSION);
  await Promise.all(
    FILES.map(async (file) => {
      const known = isLasting(file) && (await caches.match(address(file)));
      const response = known || (await fetch(address(file), { cache: isLasting(file) ? "default" : "no-cache" }));
      if (!response.ok) throw new Error(`${file}: ${response.status}`);
      // A window may not be given what came by a redirection.
      await cache.put(address(file), response.redirected ? new Response(response.body, response) : response);
    }),
  );
}

/** The version before stays, for windows that still show it. */
async function tidy() {
  const names = (await caches.keys()).filter((name) => name.startsWith(OURS) && name !== OURS + VERSION);
  await Promise.all(names.slice(0, -1).map((name) => caches.delete(name)));
  await self.clients.claim();
}

async function answer(request) {
  const url = new URL(request.url);
  url.search = "";
  url.hash = "";
  if (url.href === self.registration.scope) url.pathname += "index.html";
  const cache = await caches.open(OURS + VERSION);
  return (await cache.match(url.href)) ?? (await caches.match(url.href)) ?? fetch(request);
}

self.addEventListener("install", (event) => event.waitUntil(keep()));
self.addEventListener("activate", (event) => event.waitUntil(tidy()));
self.addEventListener("message", ({ data }) => data === "take over" && self.skipWaiting());
self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method === "GET" && request.url.startsWith(self.registration.scope)) event.respondWith(answer(request));
});
