import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { App } from "./app/app.tsx";
import { followLinks } from "./router/follow-links.ts";
import "./styles/index.css";

const root = document.getElementById("root");
if (root !== null) {
  followLinks();
  createRoot(root).render(
    <StrictMode>
      <App />
    </StrictMode>,
  );
}
