// Where the worker finds the WebAssembly modules: beside their scripts. In the single file `single/modules.ts` stands
// in its place.
type Module = Promise<Response> | undefined;

export const core = (): Module => undefined;
export const formats = (): Module => undefined;
