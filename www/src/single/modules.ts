// The page sends the modules, compressed, before anything else.
const sent = new Promise<{ core: Blob; formats: Blob }>((done) => {
  const take = (event: MessageEvent) => {
    event.stopImmediatePropagation();
    self.removeEventListener("message", take);
    done(event.data);
  };
  self.addEventListener("message", take);
});

async function unpacked(name: "core" | "formats"): Promise<Response> {
  const bytes = (await sent)[name].stream().pipeThrough(new DecompressionStream("gzip"));
  return new Response(bytes, { headers: { "content-type": "application/wasm" } });
}

export const core = () => unpacked("core");
export const formats = () => unpacked("formats");
