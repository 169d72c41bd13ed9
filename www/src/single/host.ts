// The page in one file: what it needs stands in it as blocks of data, and nothing is asked of anybody.
import ReportWorker from "../worker.ts?worker&inline";

export const SINGLE = true;

/** The bytes of a block of data, as they are in it. */
function block(name: string): Blob {
  const element = document.getElementById(`data-${name}`);
  if (!element) throw new Error(name);
  const characters = atob(element.textContent!);
  const bytes = new Uint8Array(characters.length);
  for (let i = 0; i < bytes.length; i++) bytes[i] = characters.charCodeAt(i);
  element.remove();
  return new Blob([bytes]);
}

let modules: { core: Blob; formats: Blob } | undefined;

export function startWorker(): Worker {
  modules ??= { core: block("core"), formats: block("formats") };
  const worker = new ReportWorker();
  worker.postMessage(modules);
  return worker;
}

export async function sampleBytes(index: number): Promise<Blob> {
  const unpacked = block(`sample-${index}`).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Response(unpacked).blob();
}
