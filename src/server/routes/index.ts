import { Health, Readiness } from "../../protocol.ts";
import { openApiRoute } from "../http/open-api.ts";
import { defineRoute, type Route } from "../http/route.ts";
import { json } from "../http/route-result.ts";
import { EXPOSITION_TYPE } from "../metrics/families.ts";
import { openAiRoutes } from "../openai/openai-routes.ts";
import { additionRoutes } from "./additions.ts";
import { askRoutes, conversationRoutes, messageRoutes } from "./conversations.ts";
import { citationRoutes, mapRoutes, paperRoutes, searchRoutes, suggestionRoutes } from "./papers.ts";

const healthRoutes = [
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
      const watched = integrations.flatMap(({ health }) => health ?? []);
      const states = Object.fromEntries(watched.map((health) => [health.name, health.state()]));
      return json({ ...readiness, components: { ...readiness.components, ...states } });
    },
  }),
];

const metricsRoutes = [
  defineRoute({
    method: "get",
    path: "/metrics",
    summary: "What the server counts and watches, in Prometheus' text format",
    access: "admins",
    answers: [{ status: 200, description: "The figures", mediaTypes: ["text/plain"] }],
    errors: [],
    handle: (_, { metrics }) => ({ kind: "document", body: metrics.toText(), mediaType: EXPOSITION_TYPE }),
  }),
];

const described: readonly Route[] = [
  ...healthRoutes,
  ...searchRoutes,
  ...citationRoutes,
  ...askRoutes,
  ...messageRoutes,
  ...paperRoutes,
  ...additionRoutes,
  ...conversationRoutes,
  ...suggestionRoutes,
  ...mapRoutes,
  ...metricsRoutes,
  ...openAiRoutes,
];

/** Every call of the API. */
export const ROUTES: readonly Route[] = [...described, openApiRoute(described)];
