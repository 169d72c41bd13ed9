// The tests' invented reports, as samples. They are fetched at the start, so that they are there without a network.
const urls = [
  new URL("../../tests/fixtures/yunze-2024/source.txt", import.meta.url),
  new URL("../../tests/fixtures/qingping-2023/source.txt", import.meta.url),
  new URL("../../tests/fixtures/hechuan-2024/source.html", import.meta.url),
];

const loaded = new Map<number, Promise<Blob>>();

function load(index: number): Promise<Blob> {
  let blob = loaded.get(index);
  if (!blob) {
    blob = fetch(urls[index]!).then((response) => {
      if (!response.ok) throw new Error(`${response.status}`);
      return response.blob();
    });
    blob.catch(() => loaded.delete(index));
    loaded.set(index, blob);
  }
  return blob;
}

export function preloadSamples(): void {
  urls.forEach((_, index) => load(index).catch(() => {}));
}

export async function sampleFile(index: number, name: string): Promise<File> {
  return new File([await load(index)], name);
}
