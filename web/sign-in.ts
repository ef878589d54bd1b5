import { byId } from "./dom.ts";
import { sessionKey, setSessionKey } from "./session-key.ts";

/** What is on the page while a key is missing, and who has signed in when it is there. */
export class SignIn {
  readonly #form = byId("sign-in", HTMLFormElement);
  readonly #key = byId("key", HTMLInputElement);
  readonly #problem = byId("sign-in-problem", HTMLParagraphElement);
  readonly #out = byId("sign-out", HTMLButtonElement);

  /** `onKey`: one was given, to be tried. `onSignOut`: it is forgotten, and what was asked with it must go. */
  constructor({ onKey, onSignOut }: { onKey: () => void; onSignOut: () => void }) {
    this.#form.addEventListener("submit", (event) => {
      event.preventDefault();
      const key = this.#key.value.trim();
      if (key === "") return;
      setSessionKey(key);
      onKey();
    });
    this.#out.addEventListener("click", () => {
      setSessionKey(undefined);
      onSignOut();
      this.ask();
    });
  }

  /** Asks for a key in place of everything else; tells what was wrong with the one that was tried. */
  ask(problem = ""): void {
    setSessionKey(undefined);
    document.body.classList.add("locked");
    this.#form.hidden = false;
    this.#out.hidden = true;
    this.#problem.textContent = problem;
    this.#key.value = "";
    this.#key.focus();
  }

  /** @returns whether a key was asked for until now */
  welcome(owner: string): boolean {
    const asked = !this.#form.hidden;
    document.body.classList.remove("locked");
    this.#form.hidden = true;
    this.#key.value = "";
    this.#out.hidden = sessionKey() === undefined;
    this.#out.textContent = `Sign out ${owner}`;
    return asked;
  }
}
