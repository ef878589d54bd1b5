import { useEffect, useState } from "react";
import { connection } from "../state/connection.ts";
import { useStore } from "../state/store.ts";

/** Milliseconds: a connection that is back sooner was hardly missed. */
const PATIENCE_MS = 1200;

/** Says that the server is out of reach, once it has been for a while. */
export function ConnectionBanner() {
  const { kind } = useStore(connection);
  const [late, setLate] = useState(false);
  useEffect(() => {
    if (kind !== "connecting") return setLate(false);
    const timer = setTimeout(setLate, PATIENCE_MS, true);
    return () => clearTimeout(timer);
  }, [kind]);
  return (
    <p className="banner" role="status" data-shown={late || undefined}>
      {late ? "The server cannot be reached. Connecting again…" : ""}
    </p>
  );
}
