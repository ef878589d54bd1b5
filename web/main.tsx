import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { App } from "./app/app.tsx";
import { followLinks } from "./router/follow-links.ts";
import { watchPrinting } from "./state/printing.ts";
import { Boundary } from "./ui/boundary.tsx";
import "./styles/index.css";

const root = document.getElementById("root");
if (root !== null) {
  followLinks();
  watchPrinting();
  createRoot(root).render(
    <StrictMode>
      <Boundary
        fallback={
          <p className="nowhere">
            Something failed on this page.{" "}
            <button type="button" className="button" onClick={() => location.reload()}>
              Load it again
            </button>
          </p>
        }
      >
        <App />
      </Boundary>
    </StrictMode>,
  );
}
