// The tests' invented reports, as samples. They are loaded at the start, so that they are there without a network.
import { sampleBytes } from "./host.ts";

const COUNT = 3;
const loaded = new Map<number, Promise<Blob>>();

function load(index: number): Promise<Blob> {
  let blob = loaded.get(index);
  if (!blob) {
    blob = sampleBytes(index);
    blob.catch(() => loaded.delete(index));
    loaded.set(index, blob);
  }
  return blob;
}

export function preloadSamples(): void {
  for (let i = 0; i < COUNT; i++) load(i).catch(() => {});
}

export async function sampleFile(index: number, name: string): Promise<File> {
  return new File([await load(index)], name);
}
