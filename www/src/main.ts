import { App, applyTheme } from "./app.ts";
import { Extractor } from "./extractor.ts";
import { rememberedLanguage, speak } from "./i18n.ts";
import { preloadSamples } from "./samples.ts";

applyTheme();
speak(rememberedLanguage());
const extractor = new Extractor(() => new Worker(new URL("./worker.ts", import.meta.url), { type: "module" }));
new App(extractor);
extractor.warm();
preloadSamples();
