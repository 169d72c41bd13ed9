// What to take along, of which reports, and as what; the last choice is remembered.
import { button, h, settings } from "../dom.ts";
import { t } from "../i18n.ts";
import { type As, FORMS, possible, type Scope, type Taking, type What } from "../taking.ts";
import { open } from "./dialogs.ts";

interface Acts {
  download(taking: Taking, scope: Scope): void;
  copy(what: What, scope: Scope): void;
}

const REMEMBERED = "taking";

/** `one`: a report is on the screen; `read`: so many were read. */
export function takingDialog(one: boolean, read: number, acts: Acts): void {
  const [what = "", as = "", scope = ""] = (settings.get(REMEMBERED) ?? "").split(" ");
  let chosen = possible({ what, as, scope }, one, read);
  const group = <T extends string>(
    name: string,
    legend: string,
    options: T[],
    words: (option: T) => [string, string?],
    now: T,
    choose: (option: T) => void,
  ) =>
    h(
      "fieldset",
      { class: `choice ${name}` },
      h("legend", {}, legend),
      ...options.map((option) => {
        const input = h("input", { type: "radio", name, value: option, checked: option === now, on: { change: () => choose(option) } });
        const [label, note] = words(option);
        return h("label", {}, input, h("span", {}, label), note ? h("small", {}, note) : "");
      }),
    );
  const body = h("div", { class: "taking" });
  const draw = (change: Partial<typeof chosen> = {}) => {
    const focused = document.activeElement instanceof HTMLInputElement && body.contains(document.activeElement) ? document.activeElement : null;
    chosen = possible({ ...chosen, ...change }, one, read);
    const whats = (Object.keys(FORMS) as What[]).filter((what) => what !== "comparison" || read > 1);
    body.replaceChildren(
      group("what", t.taking.what, whats, (what) => t.taking.whats[what], chosen.what, (what) => draw({ what })),
      one && read > 1 && chosen.what !== "comparison"
        ? group("scope", t.taking.scope, ["one", "many"], (scope) => [t.taking.scopes[scope](read)], chosen.scope, (scope) => draw({ scope }))
        : "",
      group("as", t.taking.as, FORMS[chosen.what], (as: As) => t.taking.forms[as], chosen.as, (as) => draw({ as })),
    );
    if (focused) body.querySelector<HTMLInputElement>(`input[name=${focused.name}][value=${focused.value}]`)?.focus();
  };
  draw();
  const act = (work: () => void) => () => {
    settings.set(REMEMBERED, [chosen.what, chosen.as, chosen.scope].join(" "));
    dialog.close();
    work();
  };
  const go = button(t.taking.download, act(() => acts.download(chosen, chosen.scope)), { class: "main" });
  const dialog = open(
    t.export,
    body,
    h("p", { class: "acts" }, button(t.taking.copy, act(() => acts.copy(chosen.what, chosen.scope)), { title: t.taking.copyNote }), go),
  );
  go.focus();
}
