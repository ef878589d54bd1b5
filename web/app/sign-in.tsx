import { type FormEvent, useState } from "react";
import { client } from "../state/client.ts";
import { setSessionKey } from "../state/session-key.ts";

/** In place of everything else, while the server wants a key. @param problem what was wrong with the one that was tried */
export function SignIn({ problem }: { readonly problem: string }) {
  const [key, setKey] = useState("");
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (key.trim() === "") return;
    setSessionKey(key.trim());
    setKey("");
    client.connect();
  };
  return (
    <main className="sign-in">
      <form onSubmit={submit} id="sign-in">
        <h1>Footnote</h1>
        <label htmlFor="key">This server asks for a key.</label>
        <div className="sign-in-row">
          <input
            id="key"
            type="password"
            value={key}
            maxLength={500}
            placeholder="Your key"
            autoComplete="off"
            spellCheck={false}
            ref={(input) => {
              input?.focus();
            }}
            onChange={({ currentTarget }) => setKey(currentTarget.value)}
          />
          <button type="submit" className="button primary">
            Sign in
          </button>
        </div>
        <p id="sign-in-problem" role="alert">
          {problem}
        </p>
      </form>
    </main>
  );
}
