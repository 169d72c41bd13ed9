// What the page takes from the folder that it was loaded from. In the single file `single/host.ts` stands in its place.

/** Whether everything is in one file. */
export const SINGLE = false;

const SAMPLES = [
  new URL("../../tests/fixtures/yunze-2024/source.txt", import.meta.url),
  new URL("../../tests/fixtures/qingping-2023/source.txt", import.meta.url),
  new URL("../../tests/fixtures/hechuan-2024/source.html", import.meta.url),
];

export function startWorker(): Worker {
  return new Worker(new URL("./worker.ts", import.meta.url), { type: "module" });
}

export async function sampleBytes(index: number): Promise<Blob> {
  const response = await fetch(SAMPLES[index]!);
  if (!response.ok) throw new Error(`${response.status}`);
  return response.blob();
}
