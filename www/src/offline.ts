// The page without a network, and its next version.
import { SINGLE } from "./host.ts";

/** Has the page kept for later visits; calls `offer` when a newer version waits, with what lets it take over. */
export async function keepOffline(offer: (takeOver: () => void) => void): Promise<void> {
  // A host without TLS has no such thing, and the page in one file needs none.
  if (SINGLE || !("serviceWorker" in navigator)) return;
  const { serviceWorker } = navigator;
  const registration = await serviceWorker.register("sw.js", { updateViaCache: "none" });
  const found = (worker: ServiceWorker | null) => {
    // The first of all takes over by itself.
    if (!worker || !serviceWorker.controller) return;
    const look = () => {
      if (worker.state !== "installed") return;
      offer(() => {
        serviceWorker.addEventListener("controllerchange", () => location.reload(), { once: true });
        worker.postMessage("take over");
      });
    };
    worker.addEventListener("statechange", look);
    look();
  };
  found(registration.waiting ?? registration.installing);
  registration.addEventListener("updatefound", () => found(registration.installing));
}
