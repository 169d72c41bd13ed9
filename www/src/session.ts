// A session as a file: gzip of JSON lines, first what it is, then an entry a line with its source, its reading and its
// edits. Written and read entry by entry, in a worker.
import { summarise, type Part, type Saved, type Session } from "./tasks.ts";
import type { Edit } from "./edits.ts";
import type { Report } from "gangmu";

const VERSION = 1;

interface Head {
  gangmu: "session";
  version: number;
  lexicon: string;
}

interface Line {
  name: string;
  type: string;
  modified: number;
  /** The file's bytes in Base64. */
  bytes: string;
  part: Omit<Part, "file"> | null;
  encoding: string | null;
  report: Report | null;
  edits: readonly Edit[];
}

/** Gzip's first bytes; no report comes like this. */
export async function isSession(file: Blob): Promise<boolean> {
  const [a, b] = new Uint8Array(await file.slice(0, 2).arrayBuffer());
  return a === 0x1f && b === 0x8b;
}

export async function saveSession({ lexicon, entries }: Session): Promise<Blob> {
  async function* lines(): AsyncGenerator<string> {
    yield JSON.stringify({ gangmu: "session", version: VERSION, lexicon } satisfies Head);
    for (const entry of entries) yield JSON.stringify(await written(entry));
  }
  const all = lines();
  const stream = new ReadableStream<Uint8Array<ArrayBuffer>>({
    async pull(controller) {
      const { done, value } = await all.next();
      if (done) controller.close();
      else controller.enqueue(new TextEncoder().encode(`${value}\n`));
    },
  });
  return new Response(stream.pipeThrough(new CompressionStream("gzip"))).blob();
}

async function written({ file, part, encoding, kept, edits }: Saved): Promise<Line> {
  return {
    name: file.name,
    type: file.type,
    modified: file.lastModified,
    bytes: toBase64(new Uint8Array(await file.arrayBuffer())),
    part,
    encoding,
    report: kept && (JSON.parse(await kept.report.text()) as Report),
    edits,
  };
}

/** What was saved. A file that is no session, or of a later version, is refused with a code. */
export async function openSession(file: Blob): Promise<Session> {
  let session: Session | null = null;
  try {
    for await (const line of linesOf(file)) {
      if (session) session.entries.push(entryOf(JSON.parse(line) as Line));
      else session = headOf(JSON.parse(line) as Partial<Head>);
    }
  } catch (error) {
    throw error instanceof Refused ? error : new Refused("session-damaged", String(error));
  }
  return session ?? Promise.reject(new Refused("session-damaged", "it is empty"));
}

function headOf({ gangmu, version, lexicon }: Partial<Head>): Session {
  if (gangmu !== "session") throw new Refused("session-damaged", "not a session");
  if (version !== VERSION) throw new Refused("session-newer", `version ${version}`);
  return { lexicon: lexicon ?? "", entries: [] };
}

function entryOf(line: Line): Saved {
  const { name, type, modified, bytes, part, encoding, report, edits } = line;
  return {
    file: new File([fromBase64(bytes)], name, { type, lastModified: modified }),
    part,
    encoding,
    kept: report && { report: new Blob([JSON.stringify(report)]), summary: summarise(report) },
    edits,
  };
}

async function* linesOf(file: Blob): AsyncGenerator<string> {
  const reader = file.stream().pipeThrough(new DecompressionStream("gzip")).getReader();
  const decoder = new TextDecoder();
  let pieces: string[] = [];
  for (;;) {
    const { done, value } = await reader.read();
    const text = done ? decoder.decode() : decoder.decode(value, { stream: true });
    const [first, ...rest] = text.split("\n");
    pieces.push(first!);
    for (const next of rest) {
      yield pieces.join("");
      pieces = [next];
    }
    if (done) break;
  }
  const last = pieces.join("");
  if (last) yield last;
}

/** A file that is no session that can be opened. */
class Refused extends Error {
  constructor(
    readonly code: "session-damaged" | "session-newer",
    message: string,
  ) {
    super(message);
  }
}

const STEP = 0x8000;

function toBase64(bytes: Uint8Array): string {
  const pieces: string[] = [];
  for (let i = 0; i < bytes.length; i += STEP) pieces.push(String.fromCharCode(...bytes.subarray(i, i + STEP)));
  return btoa(pieces.join(""));
}

function fromBase64(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
}
