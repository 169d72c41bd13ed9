import { button, h } from "../dom.ts";
import { t } from "../i18n.ts";

/** Shows a dialog; it goes when it is closed. */
export function open(name: string, ...content: HTMLElement[]): HTMLDialogElement {
  const dialog = h(
    "dialog",
    {
      "aria-label": name,
      on: {
        close: () => dialog.remove(),
        // A click on the ground around it closes it.
        click: (event) => {
          if (event.target === dialog) dialog.close();
        },
      },
    },
    h(
      "div",
      { class: "dialog-body" },
      h(
        "div",
        { class: "dialog-head" },
        h("h2", {}, name),
        button("×", () => dialog.close(), { class: "close", "aria-label": t.close }),
      ),
      ...content,
    ),
  );
  document.body.append(dialog);
  dialog.showModal();
  return dialog;
}

export function pasteDialog(read: (text: string) => void): void {
  const area = h("textarea", {
    rows: 14,
    placeholder: t.pasteHint,
    "aria-label": t.pasteHint,
    spellcheck: "false",
    on: {
      input: () => (go.disabled = !area.value.trim()),
      keydown: (event) => {
        if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) go.click();
      },
    },
  });
  const go = h(
    "button",
    {
      type: "button",
      class: "main",
      disabled: true,
      on: {
        click: () => {
          dialog.close();
          read(area.value);
        },
      },
    },
    t.read,
  );
  const dialog = open(t.pasteText, area, h("p", { class: "acts" }, go));
  area.focus();
}

export function helpDialog(): void {
  open(
    t.help,
    h(
      "dl",
      { class: "keys" },
      ...t.keys.map(([keys, what]) => h("div", {}, h("dt", {}, h("kbd", {}, keys)), h("dd", {}, what))),
    ),
  );
}
