import { Health, Readiness } from "../../protocol.ts";
import { json } from "../http/reply.ts";
import { defineRoute } from "../http/route.ts";

export const healthRoutes = [
  defineRoute({
    method: "get",
    path: "/health",
    summary: "Whether the process listens",
    access: "anyone",
    answers: [{ status: 200, description: "It does", schema: Health }],
    errors: [],
    handle: (_, { version }) => json({ status: "ok", version } satisfies Health),
  }),
  defineRoute({
    method: "get",
    path: "/ready",
    summary: "Whether questions can be answered, and how far the index is",
    access: "anyone",
    answers: [
      { status: 200, description: "They can", schema: Readiness },
      { status: 503, description: "Not yet", schema: Readiness },
    ],
    errors: [],
    handle: (_, { assistant, integrations }) => {
      const readiness = assistant.readiness();
      if (readiness.status !== "ready") return json(readiness, 503);
      const states = Object.fromEntries(integrations.map(({ name, state }) => [name, state()]));
      return json({ ...readiness, components: { ...readiness.components, ...states } });
    },
  }),
];
