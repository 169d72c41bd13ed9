import { App } from "./app.ts";
import { startWorker } from "./host.ts";
import { rememberedLocale, speak } from "./i18n.ts";
import { parse } from "./link.ts";
import { keepOffline } from "./offline.ts";
import { Pool } from "./pool.ts";
import { preloadSamples } from "./samples.ts";
import { followSystem, linkTheme } from "./theme.ts";
import { offerUpdate } from "./views/update.ts";

/** `build/boot.js` has the word where the browser is too old. */
if (!("stopped" in document.documentElement.dataset)) {
  // What the address says goes before what was chosen before.
  const { lang, theme } = parse(location.hash);
  linkTheme(theme);
  followSystem();
  speak(lang ?? rememberedLocale());
  const pool = new Pool(startWorker, navigator.hardwareConcurrency || 2);
  new App(pool);
  pool.warm();
  preloadSamples();
  // Where it cannot be kept, it is still there with a network.
  keepOffline(offerUpdate).catch(() => {});
}
