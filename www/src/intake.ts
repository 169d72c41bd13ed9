// Files out of whatever was dropped: files, folders, text.

/** Of files that may be reports or hold them; all are read by their content. */
const ENDINGS =
  "txt text md htm html xhtml shtml mht mhtml docx doc wps odt rtf pdf ofd xlsx csv tsv json jsonl ndjson tmx zip".split(" ");

/** For the chooser of files. */
export const ACCEPT = ENDINGS.map((ending) => `.${ending}`).join(",");

/** In a dropped folder, what may be a report; a saved page's pictures and scripts are not. */
const PERHAPS_A_REPORT = new RegExp(`\\.(${ENDINGS.join("|")})$`, "i");

export function textFile(text: string, name: string): File {
  return new File([text], name, { type: "text/plain" });
}

/** Rich text is read as a page where it has paragraphs, for its headings and tables say more than plain text does. */
export function pasted(text: string, html: string, name: string): File {
  return /<(p|h[1-6]|table|li|br|div)\b/i.test(html)
    ? new File([html], `${name}.html`, { type: "text/html" })
    : textFile(text, `${name}.txt`);
}

/** The files of a drop, folders walked through in the order of their names. */
export async function dropped(transfer: DataTransfer, textName: string): Promise<File[]> {
  // The list of items is gone after the first await, so take all entries at once.
  const items = Array.from(transfer.items, (item) => ({
    entry: item.webkitGetAsEntry?.() ?? null,
    file: item.kind === "file" ? item.getAsFile() : null,
  }));
  const text = transfer.getData("text/plain");
  const files: File[] = [];
  for (const { entry, file } of items) {
    if (entry?.isDirectory) files.push(...(await walk(entry as FileSystemDirectoryEntry)));
    else if (file) files.push(file);
  }
  if (files.length === 0 && text.trim()) files.push(textFile(text, textName));
  return files;
}

async function walk(folder: FileSystemDirectoryEntry): Promise<File[]> {
  const reader = folder.createReader();
  const entries: FileSystemEntry[] = [];
  // It hands out some hundred at a time, until it hands out none.
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((done, fail) => reader.readEntries(done, fail));
    if (some.length === 0) break;
    entries.push(...some);
  }
  entries.sort((a, b) => a.name.localeCompare(b.name, "zh"));
  const files: File[] = [];
  for (const entry of entries) {
    if (entry.name.startsWith(".")) continue;
    if (entry.isDirectory) files.push(...(await walk(entry as FileSystemDirectoryEntry)));
    else if (PERHAPS_A_REPORT.test(entry.name)) {
      files.push(await new Promise<File>((done, fail) => (entry as FileSystemFileEntry).file(done, fail)));
    }
  }
  return files;
}
